import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

/** A reply that went, or was to go, to the platform of a channel. */
export const channelReply = z.object({
  id: z.string(),
  conversationId: z.string(),
  author: z.enum(["agent", "bot"]),
  outcome: z.enum(["queued", "sent", "delivered", "failed"]),
  /** Why it was not delivered, or not yet: as `deliveryError` of a message. */
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type ChannelReply = z.infer<typeof channelReply>;

const byId = z.object({ id: z.string().max(40) });

export const listChannelReplies = defineContract({
  name: "listChannelReplies",
  summary: "The last replies that left over a channel, newest first, with what became of them",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels/{id}/replies",
  audience: ["agent", "key"],
  permission: "channels.read",
  params: byId,
  result: z.object({ items: z.array(channelReply) }),
});

export const replayReply = defineContract({
  name: "replayReply",
  summary: "Send a reply that failed once more; 409 `reply_not_failed` for any other",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/replies/{messageId}/replay",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId.extend({ messageId: z.string().max(60) }),
  result: z.object({ ok: z.literal(true) }),
});
