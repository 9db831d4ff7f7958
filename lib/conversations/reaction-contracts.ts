import { z } from "zod";
import { REACTION_SIGNS } from "@/lib/core/reaction-signs";
import { defineContract } from "@/lib/platform/http/contract";
import { message } from "./schema";

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

export const reactAsVisitor = defineContract({
  name: "reactAsVisitor",
  summary: "The visitor answers a message of an agent or the bot with one sign, or takes it back",
  tag: "Chat",
  method: "PUT",
  path: "/api/v1/chat/conversations/{id}/messages/{messageId}/reactions",
  audience: ["visitor"],
  params: z.object({ id: z.string().max(40), messageId: z.string().max(40) }),
  body: z.object({ sign: z.enum(REACTION_SIGNS), on: z.boolean() }),
  result: message,
  perMinute: 60,
});
