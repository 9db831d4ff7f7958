import type { ActorRole } from "@/lib/core/actor";
import { CONVERSATION_STATUSES, type ConversationStatus } from "./schema";

/** What can be done to a conversation. */
export const ACTIONS = [
  "visitor_post",
  "agent_post",
  "note",
  "bot_post",
  "handoff",
  "leave_message",
  "claim",
  "take_over",
  "transfer",
  "resolve",
  "end",
  "reopen",
  "snooze",
  "wake",
  "prioritise",
  "rate",
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * The state machine as a table: which statuses allow which action. What is not listed is refused. Pure and tested
 * status by action; `append_message` and the compare-and-set updates receive these lists.
 */
export const ALLOWED: { readonly [A in Action]: readonly ConversationStatus[] } = {
  visitor_post: ["bot", "queued", "assigned", "snoozed", "offline"],
  agent_post: ["assigned", "snoozed"],
  note: CONVERSATION_STATUSES,
  bot_post: ["bot"],
  handoff: ["bot"],
  leave_message: ["bot", "queued"],
  claim: ["bot", "queued", "offline"],
  take_over: ["assigned", "snoozed"],
  transfer: ["bot", "queued", "assigned", "snoozed", "offline"],
  resolve: ["bot", "queued", "assigned", "snoozed", "offline"],
  end: ["bot", "queued", "assigned", "snoozed", "offline"],
  reopen: ["resolved"],
  snooze: ["assigned", "snoozed"],
  wake: ["snoozed"],
  prioritise: ["bot", "queued", "assigned", "snoozed", "offline"],
  rate: ["resolved", "closed"],
};

/** Statuses that count as load of the assignee. */
export const LOAD_STATUSES: readonly ConversationStatus[] = ["assigned", "snoozed"];
/** Statuses after which a new message starts a new conversation. */
export const ENDED_STATUSES: readonly ConversationStatus[] = ["resolved", "closed"];

export function allows(action: Action, status: ConversationStatus): boolean {
  return ALLOWED[action].includes(status);
}

/** Longest time after sending in which an agent may take a message back, in milliseconds (ui.md: two minutes). */
export const RECALL_WINDOW_MS = 120_000;

/** True when this role may act in a conversation that is assigned to somebody else. */
export function mayActForOthers(role: ActorRole): boolean {
  return role === "admin" || role === "supervisor";
}
