"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldProblem } from "./groups/field-values";
import { useFieldProblems } from "./use-field-problems";

/**
 * What is wrong with the fields of a form that a schema made, in words: found here before sending, or by the server
 * after.
 *
 * @param prefix where the fields stand in the request (`values`, `config`)
 */
export function useFormProblems(prefix: string) {
  const t = useTranslations("settings.form");
  const answers = useFieldProblems();
  const [found, setFound] = useState<Readonly<Record<string, FieldProblem>>>({});
  return {
    setFound,
    report: answers.report,
    clear: () => {
      setFound({});
      answers.clear();
    },
    /** Of a place in the request that is no field of the form (`name`). */
    elsewhere: answers.text,
    field: (path: string): string | undefined => {
      const problem = found[path];
      switch (problem?.kind) {
        case "range":
          return t(problem.whole ? "whole" : "range", { minimum: problem.minimum, maximum: problem.maximum });
        case "tooLong":
          return t("tooLong", { max: problem.max });
        default:
          return problem ? t("problem") : answers.textWithin(`${prefix}.${path}`);
      }
    },
  };
}
