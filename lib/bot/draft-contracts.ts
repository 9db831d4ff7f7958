import { z } from "zod";
import { MESSAGE_MAX_CHARACTERS } from "@/lib/conversations/schema";
import { defineContract } from "@/lib/platform/http/contract";

/** An answer of the bot that waits for an agent. */
export const draft = z.object({
  id: z.string(),
  conversationId: z.string(),
  customerName: z.string().nullable(),
  question: z.string(),
  answer: z.string(),
  /** Titles of the entries that it rests on. */
  sources: z.array(z.string()),
  reason: z.string(),
  createdAt: z.iso.datetime(),
  /** When a person takes over instead. */
  expiresAt: z.iso.datetime(),
});
export type Draft = z.infer<typeof draft>;

export const listDrafts = defineContract({
  name: "listDrafts",
  summary: "Answers of the bot that wait for an agent, the most urgent first",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/drafts",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  result: z.object({ items: z.array(draft) }),
});

export const decideDraft = defineContract({
  name: "decideDraft",
  summary: "Send a waiting answer as it is or in other words, or refuse it: then a person takes over",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/drafts/{id}/decision",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40) }),
  body: z.discriminatedUnion("action", [
    z.object({ action: z.literal("approve") }),
    z.object({ action: z.literal("edit"), text: z.string().trim().min(1).max(MESSAGE_MAX_CHARACTERS) }),
    z.object({ action: z.literal("reject") }),
  ]),
  result: z.object({ ok: z.literal(true) }),
});
