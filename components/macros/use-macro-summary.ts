"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { MacroAction } from "@/lib/conversations/macro-schema";

/** What a macro does, in one line. */
export function useMacroSummary(): (actions: readonly MacroAction[]) => string {
  const t = useTranslations("macros");
  return useCallback((actions) => actions.map(({ type }) => t(`action.${type}`)).join(t("then")), [t]);
}
