import { getChannel } from "@/lib/channels/queries";
import { merchantOf } from "@/lib/identity/queries";
import { operation } from "@/lib/platform/http/handler";
import { rulesOfChannel } from "./channel-rules-service";
import { tryBot } from "./playground-contracts";
import { chainOf } from "./provider-models";
import { rehearse } from "./rehearse";

export const tryBotOperation = operation(tryBot, async ({ body }, context) => {
  const merchantId = merchantOf(context);
  const { channelId } = body;
  if (channelId !== undefined) {
    await getChannel(context, channelId);
  }
  const stage = {
    rules: await rulesOfChannel(context.db, merchantId, channelId ?? null),
    links: body.useModels ? await chainOf(context, merchantId) : [],
    agentsOnline: body.agentsOnline,
  };
  const replies = await rehearse(
    {
      ...context,
      actor: { kind: "bot", merchantId, signedIn: body.signedIn, ...(channelId !== undefined && { channelId }) },
    },
    body.says,
    stage,
  );
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
