import type { RuleCondition, RuleField } from "./schema";

/** What is known of a conversation when its event is looked at. */
export type Situation = { readonly [Field in RuleField]: string | readonly string[] | null };

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

function listOf(value: Situation[RuleField]): string[] {
  if (value === null) {
    return [];
  }
  return (typeof value === "string" ? [value] : value).map(fold);
}

function containsAny(texts: readonly string[], words: readonly string[]): boolean {
  return words.some((word) => texts.some((text) => text.includes(word)));
}

/**
 * True when the condition holds. Upper and lower case, full and half width are one. What is not known fits no "is" and no
 * "contains", and every "is not" and "does not contain".
 */
export function holds({ field, operator, values }: RuleCondition, situation: Situation): boolean {
  const known = listOf(situation[field]);
  const wanted = values.map(fold);
  const first = Number(known[0] ?? Number.NaN);
  switch (operator) {
    case "contains_any":
      return containsAny(known, wanted);
    case "contains_none":
      return !containsAny(known, wanted);
    case "is_any":
      return known.some((value) => wanted.includes(value));
    case "is_none":
      return !known.some((value) => wanted.includes(value));
    case "at_least":
      return first >= Number(wanted[0]);
    default:
      return first <= Number(wanted[0]);
  }
}

/** True when the rule applies; one without conditions always does. */
export function applies(
  rule: { readonly match: "all" | "any"; readonly conditions: readonly RuleCondition[] },
  situation: Situation,
): boolean {
  const { match, conditions } = rule;
  if (conditions.length === 0) {
    return true;
  }
  return match === "all"
    ? conditions.every((condition) => holds(condition, situation))
    : conditions.some((condition) => holds(condition, situation));
}
