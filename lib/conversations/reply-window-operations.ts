import { retryReplies } from "@/lib/channels/contracts";
import { operation } from "@/lib/platform/http/handler";
import { getReplyAllowance } from "./reply-window-contracts";
import { replyAllowance } from "./reply-window-service";
import * as retry from "./retry-replies-service";

export const getReplyAllowanceOperation = operation(getReplyAllowance, ({ params }, context) =>
  replyAllowance(context, params.id),
);

export const retryRepliesOperation = operation(retryReplies, async ({ params }, context) => {
  await retry.retryReplies(context, params.id);
  return { ok: true as const };
});
