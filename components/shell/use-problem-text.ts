"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { RequestFailed } from "@/lib/platform/http/client";

/**
 * Puts what went wrong into words: the sentence that the server already wrote in this person's language, or ours where
 * no answer came.
 */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      if (!(error instanceof RequestFailed)) {
        return t("unexpected");
      }
      return error.problem.reason === "network" ? t("network") : error.problem.detail || t("unexpected");
    },
    [t],
  );
}
