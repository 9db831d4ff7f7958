"use client";

import { useTranslations } from "next-intl";

/** What a call came to, in words. */
export function useOutcomeName(): (outcome: string) => string {
  const t = useTranslations("admin-bot.provider.outcome");
  return (outcome) => (t.has(outcome as "ok") ? t(outcome as "ok") : outcome);
}
