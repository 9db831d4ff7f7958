import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const COMMENT_MAX = 500;

export const voteOnAnswer = defineContract({
  name: "voteOnAnswer",
  summary: "Say whether an answer of the bot helped; said again it replaces what was said, null takes it back",
  tag: "Chat",
  method: "PUT",
  path: "/api/v1/chat/conversations/{id}/messages/{messageId}/vote",
  audience: ["visitor"],
  params: z.object({ id: z.string().max(40), messageId: z.string().max(40) }),
  body: z.object({
    helpful: z.boolean().nullable(),
    /** Left out, an earlier comment stays. */
    comment: z.string().trim().max(COMMENT_MAX).optional(),
  }),
  result: z.object({ ok: z.literal(true) }),
  perMinute: 60,
});

/** What a visitor thought of one answer. */
export const vote = z.object({
  messageId: z.string(),
  conversationId: z.string(),
  customerName: z.string().nullable(),
  helpful: z.boolean(),
  comment: z.string(),
  /** Question without private data; empty when its record is gone. */
  question: z.string(),
  answer: z.string(),
  /** The entry that the answer rests on first. */
  entryId: z.string().nullable(),
  updatedAt: z.iso.datetime(),
});
export type Vote = z.infer<typeof vote>;

export const listVotes = defineContract({
  name: "listVotes",
  summary: "What visitors thought of the bot's answers, newest first",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/votes",
  audience: ["agent", "key"],
  permission: "conversations.read",
  query: z.object({
    conversationId: z.string().max(40).optional(),
    helpful: z.stringbool().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  result: z.object({ items: z.array(vote) }),
});
