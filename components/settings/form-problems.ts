import type { z } from "zod";
import type { Problem } from "@/lib/platform/http/problem";

/** Why each field cannot be saved, by its dotted path (`tags.0`); the text is a key of `errors`, or translated already. */
export type FieldProblems = Readonly<Record<string, { readonly reason: FieldReason } | { readonly detail: string }>>;

export type FieldReason =
  | "required"
  | "too_short"
  | "too_long"
  | "number_too_small"
  | "number_too_big"
  | "invalid_email"
  | "invalid_format";

const isNumber = (origin: string): boolean => origin === "number" || origin === "int";

function reasonOf(issue: z.core.$ZodIssue): FieldReason {
  switch (issue.code) {
    case "too_small":
      if (isNumber(issue.origin)) {
        return "number_too_small";
      }
      return issue.origin === "string" && Number(issue.minimum) > 1 ? "too_short" : "required";
    case "too_big":
      return isNumber(issue.origin) ? "number_too_big" : "too_long";
    case "invalid_format":
      return issue.format === "email" ? "invalid_email" : "invalid_format";
    default:
      return "invalid_format";
  }
}

/** What a form's own schema finds wrong, the first problem of each field. */
export function problemsOf(error: z.ZodError): FieldProblems {
  const found: Record<string, { reason: FieldReason }> = {};
  for (const issue of error.issues) {
    found[issue.path.map(String).join(".")] ??= { reason: reasonOf(issue) };
  }
  return found;
}

/** What the server found wrong with fields that passed here. */
export function problemsOfAnswer(problem: Problem): FieldProblems {
  return Object.fromEntries(
    (problem.fields ?? []).map((field) => [field.path, { detail: field.detail ?? problem.detail }]),
  );
}
