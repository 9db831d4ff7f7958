import { messagesFor } from "@/lib/i18n/catalogue";
import { isLocale } from "@/lib/i18n/locales";
import type { TestOutcome } from "./test-outcome";

/**
 * What to do about an error of a platform that its number tells, in words; null for a number that says no more than the
 * finding does. Mini Programs have the numbers of Official Accounts.
 */
export function adviceOf(locale: string, kind: string, outcome: TestOutcome): string | null {
  if (outcome.kind === "works" || outcome.code === undefined) {
    return null;
  }
  const language = isLocale(locale) ? locale : "zh-CN";
  const { advice } = messagesFor(language, ["channel-kinds"])["channel-kinds"].tests;
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = advice;
  return known[kind.replace(/-mini$/, "")]?.[String(outcome.code)] ?? null;
}
