import { expect, it } from "vitest";
import type { FieldShape } from "@/lib/settings/schema";
import { cleanedValues, findProblems } from "./field-values";

const fields: readonly FieldShape[] = [
  { name: "limit", kind: "number", minimum: 1, maximum: 9, whole: true },
  { name: "words", kind: "text", maxLength: 3 },
  { name: "domains", kind: "lines" },
  { name: "hours", kind: "rows", fields: [{ name: "share", kind: "number" }] },
];

it("what was typed becomes what is sent: numbers as numbers, no empty lines, in rows too", () => {
  const typed = { limit: "7", words: "abc", domains: [" a ", "", "b"], hours: [{ share: "0.5" }] };
  expect(cleanedValues(fields, typed)).toEqual({
    limit: 7,
    words: "abc",
    domains: ["a", "b"],
    hours: [{ share: 0.5 }],
  });
});

it("what does not fit is named by its place, before anything is sent", () => {
  const wrong = cleanedValues(fields, { limit: "1.5", words: "abcd", domains: [], hours: [{ share: "" }] });
  expect(findProblems(fields, wrong)).toEqual({
    limit: { kind: "range", whole: true, minimum: 1, maximum: 9 },
    words: { kind: "tooLong", max: 3 },
    "hours.0.share": { kind: "problem" },
  });
  expect(findProblems(fields, cleanedValues(fields, { limit: 9, words: "", domains: [], hours: [] }))).toEqual({});
});
