import { operation } from "@/lib/platform/http/handler";
import * as contracts from "./channel-reply-contracts";
import { listChannelReplies, replayReply } from "./channel-reply-service";

export const listChannelRepliesOperation = operation(contracts.listChannelReplies, async ({ params }, context) => ({
  items: await listChannelReplies(context, params.id),
}));

export const replayReplyOperation = operation(contracts.replayReply, async ({ params }, context) => {
  await replayReply(context, params.id, params.messageId);
  return { ok: true as const };
});
