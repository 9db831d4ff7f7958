import type { Operator, RuleAction, RuleEvent, RuleField, RuleRun } from "@/lib/automations/schema";

/** Keys of the namespace `admin-rules`: what the wire calls things has dots, which keys cannot have. */
export const EVENT_WORDS = {
  "conversation.started": "events.started",
  "message.received": "events.message",
  "conversation.queued": "events.queued",
  "conversation.assigned": "events.assigned",
  "conversation.message_left": "events.left",
  "conversation.resolved": "events.resolved",
  "conversation.rated": "events.rated",
} as const satisfies Record<RuleEvent, string>;

export const FIELD_WORDS = {
  "message.text": "fields.text",
  "channel.type": "fields.channel",
  "conversation.language": "fields.language",
  "conversation.priority": "fields.priority",
  "conversation.status": "fields.status",
  "conversation.page": "fields.page",
  "conversation.topic": "fields.topic",
  "customer.tags": "fields.tags",
  "rating.stars": "fields.stars",
  "business.open": "fields.open",
} as const satisfies Record<RuleField, string>;

export const OPERATOR_WORDS = {
  contains_any: "operators.containsAny",
  contains_none: "operators.containsNone",
  is_any: "operators.isAny",
  is_none: "operators.isNone",
  at_least: "operators.atLeast",
  at_most: "operators.atMost",
} as const satisfies Record<Operator, string>;

export const ACTION_WORDS = {
  queue: "actions.queue",
  assign: "actions.assign",
  priority: "actions.priority",
  tag: "actions.tag",
  reply: "actions.reply",
  note: "actions.note",
  ticket: "actions.ticket",
  webhook: "actions.webhook",
} as const satisfies Record<RuleAction["type"], string>;

export const PRIORITY_WORDS = ["priorities.low", "priorities.normal", "priorities.high", "priorities.urgent"] as const;

export const STATUS_WORDS = {
  bot: "statuses.bot",
  queued: "statuses.queued",
  assigned: "statuses.assigned",
  snoozed: "statuses.snoozed",
  offline: "statuses.offline",
  resolved: "statuses.resolved",
  closed: "statuses.closed",
} as const;

export const OUTCOME_WORDS = {
  running: "outcomes.running",
  done: "outcomes.done",
  failed: "outcomes.failed",
  stopped: "outcomes.stopped",
} as const satisfies Record<RuleRun["outcome"], string>;
export const OUTCOME_TONES = { running: "info", done: "success", failed: "warning", stopped: "danger" } as const;
