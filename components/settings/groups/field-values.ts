import type { FieldShape } from "@/lib/settings/schema";

export type Values = Readonly<Record<string, unknown>>;

/** Why a value cannot be saved, for the words of the form. */
export type FieldProblem =
  | { readonly kind: "range"; readonly whole: boolean; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "tooLong"; readonly max: number }
  | { readonly kind: "problem" };

export const asText = (value: unknown): string => (typeof value === "string" ? value : "");
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asValues = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

/** What is sent for what was typed: numbers as numbers, lists without empty lines. */
export function cleanedValue(field: FieldShape, value: unknown): unknown {
  switch (field.kind) {
    case "number":
      return typeof value === "string" ? (value.trim() === "" ? Number.NaN : Number(value)) : value;
    case "lines":
      return asList(value).flatMap((line) => asText(line).trim() || []);
    case "rows":
      return asList(value).map((row) => cleanedValues(field.fields ?? [], asValues(row)));
    case "fields":
      return cleanedValues(field.fields ?? [], asValues(value));
    default:
      return value;
  }
}

export function cleanedValues(fields: readonly FieldShape[], values: Values): Values {
  return Object.fromEntries(fields.map((field) => [field.name, cleanedValue(field, values[field.name])]));
}

function numberProblem(field: FieldShape, value: unknown): FieldProblem | undefined {
  const { minimum, maximum, whole = false } = field;
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum);
  if (fits) {
    return undefined;
  }
  return minimum !== undefined && maximum !== undefined
    ? { kind: "range", whole, minimum, maximum }
    : { kind: "problem" };
}

function problemOf(field: FieldShape, value: unknown): FieldProblem | undefined {
  if (field.kind === "number") {
    return numberProblem(field, value);
  }
  const tooLong = field.maxLength !== undefined && typeof value === "string" && value.length > field.maxLength;
  return tooLong ? { kind: "tooLong", max: field.maxLength ?? 0 } : undefined;
}

/** What is wrong with cleaned values, by dotted path (`hours.0.from`). The server looks again, with the schema itself. */
export function findProblems(
  fields: readonly FieldShape[],
  values: Values,
  prefix = "",
): Readonly<Record<string, FieldProblem>> {
  return Object.assign(
    {},
    ...fields.map((field) => {
      const path = `${prefix}${field.name}`;
      const value = values[field.name];
      if (field.kind === "rows") {
        return Object.assign(
          {},
          ...asList(value).map((row, index) =>
            findProblems(field.fields ?? [], asValues(row), `${path}.${String(index)}.`),
          ),
        );
      }
      if (field.kind === "fields") {
        return findProblems(field.fields ?? [], asValues(value), `${path}.`);
      }
      const problem = problemOf(field, value);
      return problem ? { [path]: problem } : {};
    }),
  );
}

export const sameValue = (first: unknown, second: unknown): boolean =>
  JSON.stringify(first ?? null) === JSON.stringify(second ?? null);

/** A new row's values: the first option, noon, or nothing. */
export function emptyRow(fields: readonly FieldShape[]): Values {
  return Object.fromEntries(fields.map((field) => [field.name, emptyValue(field)]));
}

function emptyValue({ kind, options, minimum, fields }: FieldShape): unknown {
  switch (kind) {
    case "switch":
      return false;
    case "number":
      return minimum ?? 0;
    case "select":
      return options?.[0] ?? "";
    case "choices":
    case "lines":
    case "rows":
      return [];
    case "fields":
      return emptyRow(fields ?? []);
    default:
      return "";
  }
}
