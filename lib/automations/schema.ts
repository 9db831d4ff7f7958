import { z } from "zod";
import { CONVERSATION_STATUSES } from "@/lib/conversations/schema";
import { SUBJECT_MAX, TYPE_MAX, ticketPriority } from "@/lib/tickets/schema";

/** Facts that a rule can wait for (lib/events/catalogue.ts). */
export const RULE_EVENTS = [
  "conversation.started",
  "message.received",
  "conversation.queued",
  "conversation.assigned",
  "conversation.message_left",
  "conversation.resolved",
  "conversation.rated",
] as const;
export type RuleEvent = (typeof RULE_EVENTS)[number];

export const OPERATORS = ["contains_any", "contains_none", "is_any", "is_none", "at_least", "at_most"] as const;
export type Operator = (typeof OPERATORS)[number];

interface FieldRule {
  readonly operators: readonly Operator[];
  /** What may be compared with; undefined: any words. */
  readonly options?: readonly string[];
  /** Events after which it is known; undefined: all. */
  readonly events?: readonly RuleEvent[];
}

const words = ["contains_any", "contains_none"] as const;
const oneOf = ["is_any", "is_none"] as const;
const ordered = ["at_least", "at_most"] as const;

/** What a condition can look at. Words are found as they stand, never as a pattern: no rule can be made slow (T59). */
export const FIELDS = {
  "message.text": { operators: words, events: ["message.received", "conversation.message_left"] },
  "channel.type": { operators: oneOf },
  "conversation.language": { operators: oneOf, options: ["zh-CN", "en"] },
  "conversation.priority": { operators: [...ordered, ...oneOf], options: ["0", "1", "2", "3"] },
  "conversation.status": { operators: oneOf, options: CONVERSATION_STATUSES },
  "conversation.page": { operators: words },
  /** What the bot found it to be about; it knows when it has answered. */
  "conversation.topic": {
    operators: [...oneOf, ...words],
    events: [
      "conversation.queued",
      "conversation.assigned",
      "conversation.message_left",
      "conversation.resolved",
      "conversation.rated",
    ],
  },
  "customer.tags": { operators: oneOf },
  "rating.stars": { operators: ordered, options: ["1", "2", "3", "4", "5"], events: ["conversation.rated"] },
  "business.open": { operators: ["is_any"], options: ["yes", "no"] },
} as const satisfies Record<string, FieldRule>;
export type RuleField = keyof typeof FIELDS;
export const RULE_FIELDS = Object.keys(FIELDS) as RuleField[];

export function fieldRule(field: RuleField): FieldRule {
  return FIELDS[field];
}

/** Fields that are known after this event. */
export function fieldsAfter(event: RuleEvent): RuleField[] {
  return RULE_FIELDS.filter((field) => fieldRule(field).events?.includes(event) ?? true);
}

export const ruleCondition = z
  .object({
    field: z.enum(RULE_FIELDS),
    operator: z.enum(OPERATORS),
    values: z.array(z.string().trim().min(1).max(100)).min(1).max(30),
  })
  .refine(({ field, operator }) => fieldRule(field).operators.includes(operator), { path: ["operator"] })
  .refine(({ field, values }) => values.every((value) => fieldRule(field).options?.includes(value) ?? true), {
    path: ["values"],
  });
export type RuleCondition = z.infer<typeof ruleCondition>;

const text = z.string().trim().min(1).max(2_000);
const label = z.string().trim().min(1).max(40);

export const ruleAction = z.discriminatedUnion("type", [
  /** Into the line for a person, for agents with the skill where one is named. */
  z.object({ type: z.literal("queue"), skill: label.nullable() }),
  z.object({ type: z.literal("assign"), agentId: z.string().min(1).max(40) }),
  z.object({ type: z.literal("priority"), priority: z.int().min(0).max(3) }),
  z.object({ type: z.literal("tag"), tags: z.array(label).min(1).max(10) }),
  z.object({ type: z.literal("reply"), text }),
  z.object({ type: z.literal("note"), text }),
  /** A ticket for the conversation, one of each rule at most. Without a subject it has the customer's words. */
  z.object({
    type: z.literal("ticket"),
    subject: z.string().trim().max(SUBJECT_MAX),
    kind: z.string().trim().max(TYPE_MAX),
    priority: ticketPriority,
    assigneeId: z.string().min(1).max(40).nullable(),
  }),
  z.object({ type: z.literal("webhook"), url: z.url({ protocol: /^https?$/ }).max(500) }),
]);
export type RuleAction = z.infer<typeof ruleAction>;
export const ACTION_TYPES = ["queue", "assign", "priority", "tag", "reply", "note", "ticket", "webhook"] as const;

/** What a person writes down: when this happens, if all (or any) of these hold, do these. */
export const ruleInput = z
  .object({
    name: z.string().trim().min(1).max(80),
    enabled: z.boolean(),
    event: z.enum(RULE_EVENTS),
    match: z.enum(["all", "any"]),
    conditions: z.array(ruleCondition).max(20),
    actions: z.array(ruleAction).min(1).max(10),
  })
  .superRefine((rule, check) => {
    const known = fieldsAfter(rule.event);
    for (const [index, { field }] of rule.conditions.entries()) {
      if (!known.includes(field)) {
        check.addIssue({ code: "custom", path: ["conditions", index, "field"] });
      }
    }
  });
export type RuleInput = z.infer<typeof ruleInput>;

export const rule = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  event: z.enum(RULE_EVENTS),
  match: z.enum(["all", "any"]),
  conditions: z.array(ruleCondition),
  actions: z.array(ruleAction),
  version: z.int(),
  /** Runs of the last seven days. */
  runs: z.int(),
  lastRunAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
});
export type Rule = z.infer<typeof rule>;

/** What one action did. `reason` is a key of the namespace `errors`. */
export const ruleStep = z.object({ type: z.enum(ACTION_TYPES), ok: z.boolean(), reason: z.string().nullable() });
export type RuleStep = z.infer<typeof ruleStep>;

export const ruleRun = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  conversationId: z.string(),
  customerName: z.string().nullable(),
  event: z.enum(RULE_EVENTS),
  /** `stopped`: it had run too often in this conversation. */
  outcome: z.enum(["running", "done", "failed", "stopped"]),
  steps: z.array(ruleStep),
  createdAt: z.iso.datetime(),
});
export type RuleRun = z.infer<typeof ruleRun>;

export const dryRun = z.object({
  /** Past events that were looked at. */
  looked: z.int(),
  matched: z.int(),
  samples: z.array(
    z.object({
      conversationId: z.string(),
      customerName: z.string().nullable(),
      text: z.string(),
      at: z.iso.datetime(),
    }),
  ),
});
export type DryRun = z.infer<typeof dryRun>;
