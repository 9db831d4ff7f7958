import {
  fieldRule,
  fieldsAfter,
  type Rule,
  type RuleAction,
  type RuleCondition,
  type RuleEvent,
  type RuleInput,
} from "@/lib/automations/schema";

/** Rows have a key of their own: they are taken out of the middle while others are being typed in. */
export interface Keyed<Value> {
  readonly key: string;
  readonly value: Value;
}

export interface RuleDraft extends Omit<RuleInput, "conditions" | "actions"> {
  readonly conditions: readonly Keyed<RuleCondition>[];
  readonly actions: readonly Keyed<RuleAction>[];
}

let made = 0;

export function keyed<Value>(value: Value): Keyed<Value> {
  made += 1;
  return { key: `row-${made}`, value };
}

export function emptyAction(type: RuleAction["type"]): RuleAction {
  switch (type) {
    case "queue":
      return { type, skill: null };
    case "assign":
      return { type, agentId: "" };
    case "priority":
      return { type, priority: 2 };
    case "tag":
      return { type, tags: [] };
    case "ticket":
      return { type, subject: "", kind: "", priority: "normal", assigneeId: null };
    case "webhook":
      return { type, url: "" };
    default:
      return { type, text: "" };
  }
}

export function emptyCondition(event: RuleEvent): RuleCondition {
  const [field = "channel.type"] = fieldsAfter(event);
  return { field, operator: fieldRule(field).operators[0] ?? "is_any", values: [] };
}

export function draftOfRule(rule: Rule | undefined): RuleDraft {
  if (!rule) {
    const event = "message.received";
    return {
      name: "",
      enabled: true,
      event,
      match: "all",
      conditions: [keyed(emptyCondition(event))],
      actions: [keyed(emptyAction("priority"))],
    };
  }
  const { name, enabled, event, match } = rule;
  return { name, enabled, event, match, conditions: rule.conditions.map(keyed), actions: rule.actions.map(keyed) };
}

/** What is sent: the rows without their keys. */
export function inputOf(draft: RuleDraft): RuleInput {
  const plain = <Value>(rows: readonly Keyed<Value>[]) => rows.map(({ value }) => value);
  return { ...draft, conditions: plain(draft.conditions), actions: plain(draft.actions) };
}

/** Another event: conditions on what it does not know are dropped. */
export function withEvent(draft: RuleDraft, event: RuleEvent): RuleDraft {
  const known = fieldsAfter(event);
  return { ...draft, event, conditions: draft.conditions.filter(({ value }) => known.includes(value.field)) };
}
