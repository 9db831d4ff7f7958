"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";
import { RequestFailed } from "@/lib/platform/http/client";
import { type FieldProblems, problemsOf, problemsOfAnswer } from "./form-problems";

/** Inline errors of a form, from its schema before sending and from the server's answer after. */
export function useFieldProblems() {
  const t = useTranslations("errors");
  const [problems, setProblems] = useState<FieldProblems>({});

  function text(path: string): string | undefined {
    const problem = problems[path];
    return problem === undefined ? undefined : "detail" in problem ? problem.detail : t(problem.reason);
  }

  return {
    text,
    /** The first problem of the field itself or of anything inside it (`tags`, `tags.3`). */
    textWithin: (path: string): string | undefined => {
      const key = Object.keys(problems).find((name) => name === path || name.startsWith(`${path}.`));
      return key === undefined ? undefined : text(key);
    },
    /** Checks a draft; the value when it may be sent, else undefined with the problems shown. */
    check: <Schema extends z.ZodType>(schema: Schema, draft: unknown): z.output<Schema> | undefined => {
      const parsed = schema.safeParse(draft);
      setProblems(parsed.success ? {} : problemsOf(parsed.error));
      return parsed.success ? parsed.data : undefined;
    },
    /** Shows an answer's fields. @returns the sentence that says what happened, for a toast or a line above the form */
    report: (error: unknown): string => {
      if (!(error instanceof RequestFailed)) {
        return t("unexpected");
      }
      setProblems(problemsOfAnswer(error.problem));
      return error.problem.detail || t(error.problem.reason === "network" ? "network" : "unexpected");
    },
    clear: () => setProblems({}),
  };
}
