import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./draft-contracts";
import * as service from "./draft-service";

export const listDraftsOperation = operation(contracts.listDrafts, async (_, context) => ({
  items: await service.listDrafts(context),
}));

export const decideDraftOperation = operation(contracts.decideDraft, async ({ params, body }, context) => {
  await service.decideDraft(context, params.id, body);
  return { ok: true } as const;
});
