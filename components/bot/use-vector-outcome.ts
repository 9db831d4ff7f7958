"use client";

import { useTranslations } from "next-intl";

/** Why no vectors came, in words, with what the service said. */
export function useVectorOutcome(): (outcome: string, detail?: string) => string {
  const t = useTranslations("admin-bot.vectors");
  return (outcome, detail = "") => {
    const words = t.has(`outcome.${outcome as "ok"}`) ? t(`outcome.${outcome as "ok"}`) : outcome;
    return detail === "" ? words : t("withDetail", { words, detail });
  };
}
