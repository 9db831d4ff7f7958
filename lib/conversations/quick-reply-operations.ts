import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./quick-reply-contracts";
import { importQuickReplies } from "./quick-reply-import-service";
import * as service from "./quick-reply-service";

const done = { ok: true } as const;

export const listQuickRepliesOperation = operation(contracts.listQuickReplies, async (_, context) => ({
  items: await service.listQuickReplies(context),
}));

export const createQuickReplyOperation = operation(contracts.createQuickReply, ({ body }, context) =>
  service.createQuickReply(context, body),
);

export const importQuickRepliesOperation = operation(contracts.importQuickReplies, ({ body }, context) =>
  importQuickReplies(context, body.csv, body.personal),
);

export const updateQuickReplyOperation = operation(contracts.updateQuickReply, ({ params, body }, context) =>
  service.updateQuickReply(context, params.id, body),
);

export const deleteQuickReplyOperation = operation(contracts.deleteQuickReply, async ({ params }, context) => {
  await service.deleteQuickReply(context, params.id);
  return done;
});

export const countQuickReplyUseOperation = operation(contracts.countQuickReplyUse, async ({ params }, context) => {
  await service.countQuickReplyUse(context, params.id);
  return done;
});
