import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

/** An answer of an agent that may be worth an entry. */
export const suggestion = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  language: z.string(),
  /** Conversations in which it was said. */
  uses: z.int(),
  /** Best rating of one of them; null without any. */
  stars: z.int().nullable(),
  /** One of them; null once it was deleted. */
  conversationId: z.string().nullable(),
  updatedAt: z.iso.datetime(),
});
export type Suggestion = z.infer<typeof suggestion>;

const byId = z.object({ id: z.string().max(40) });

export const listSuggestions = defineContract({
  name: "listSuggestions",
  summary: "Agents' answers that were praised or said more than once and stand in no entry, most said first",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/suggestions",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30) }),
  result: z.object({ items: z.array(suggestion) }),
});

export const acceptSuggestion = defineContract({
  name: "acceptSuggestion",
  summary: "Make a draft of an agent's answer; answers the draft's id",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/suggestions/{id}/accept",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  result: z.object({ entryId: z.string() }),
});

export const dismissSuggestion = defineContract({
  name: "dismissSuggestion",
  summary: "Take an agent's answer off the list for good",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/suggestions/{id}/dismiss",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});
