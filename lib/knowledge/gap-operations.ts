import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./gap-contracts";
import { topGaps } from "./gap-queries";
import { beginAnswer, dismissGap } from "./gap-service";

export const listGapsOperation = operation(contracts.listGaps, async ({ query }, context) => ({
  items: await topGaps(context, query.limit),
}));

export const dismissGapOperation = operation(contracts.dismissGap, async ({ params }, context) => {
  await dismissGap(context, params.id);
  return { ok: true as const };
});

export const beginAnswerOperation = operation(contracts.beginAnswer, async ({ params, body }, context) => {
  await beginAnswer(context, params.id, body.entryId);
  return { ok: true as const };
});
