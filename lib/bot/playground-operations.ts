import { merchantOf } from "@/lib/identity/queries";
import { operation } from "@/lib/platform/http/handler";
import { readSettings } from "@/lib/settings/service";
import { tryBot } from "./playground-contracts";
import { chainOf } from "./provider-models";
import { rehearse } from "./rehearse";
import { botSettings } from "./settings-schema";

export const tryBotOperation = operation(tryBot, async ({ body }, context) => {
  const merchantId = merchantOf(context);
  const stage = {
    rules: await readSettings(context.db, merchantId, botSettings),
    links: body.useModels ? await chainOf(context, merchantId) : [],
    agentsOnline: body.agentsOnline,
  };
  const replies = await rehearse({ ...context, actor: { kind: "bot", merchantId } }, body.says, stage);
  return {
    replies: replies.map(({ kind, parts, handoff, review, trace }) => ({
      kind,
      parts: [...parts],
      handoff,
      review,
      trace,
    })),
  };
});
