"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { createClient, RequestFailed } from "@/lib/platform/http/client";

/** The typed client of this browser's session, and the sentence to show when a call fails. */
export function useRequest() {
  const t = useTranslations("errors");
  const call = useMemo(() => createClient(), []);
  const explain = useCallback(
    (error: unknown): string => {
      const problem = error instanceof RequestFailed ? error.problem : undefined;
      return problem?.detail || t(problem?.reason === "network" ? "network" : "unexpected");
    },
    [t],
  );
  return { call, explain };
}
