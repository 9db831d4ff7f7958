import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { conversationSummary } from "./schema";

const byId = z.object({ id: z.string().max(40) });

/** Longest time a conversation may sleep, in days. */
export const LONGEST_SNOOZE_DAYS = 90;

export const snoozeConversation = defineContract({
  name: "snoozeConversation",
  summary: "Put a conversation aside until a time, or until the customer writes",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/snooze",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ until: z.iso.datetime().nullable() }),
  result: conversationSummary,
});

export const wakeConversation = defineContract({
  name: "wakeConversation",
  summary: "Take a snoozed conversation up again",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/wake",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  result: conversationSummary,
});

export const setPriority = defineContract({
  name: "setPriority",
  summary: "Set how urgent a conversation is: 0 low, 1 normal, 2 high, 3 urgent",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/priority",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ priority: z.number().int().min(0).max(3) }),
  result: conversationSummary,
});
