import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { message } from "./schema";

/** What a message may be answered with: few, so that each keeps its meaning. */
export const REACTION_SIGNS = ["👍", "❤️", "😄", "🎉", "👀", "✅"] as const;

export const reactToMessage = defineContract({
  name: "reactToMessage",
  summary:
    "Answer a message with a sign, or take it back; customers on web chat see those on their messages and replies",
  tag: "Conversations",
  method: "PUT",
  path: "/api/v1/conversations/{id}/messages/{messageId}/reactions",
  audience: ["agent"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40), messageId: z.string().max(40) }),
  body: z.object({ sign: z.enum(REACTION_SIGNS), on: z.boolean() }),
  result: message,
  perMinute: 120,
});
