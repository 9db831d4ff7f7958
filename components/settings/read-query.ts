import type { z } from "zod";

type Values = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Filters of a list from a page's address, by the contract's own query schema. The address is typed and sent around by
 * people: a value that does not fit is left out, and the rest still counts.
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, values: Values): z.output<Schema> {
  const single = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const parsed = schema.safeParse(single);
  if (parsed.success) {
    return parsed.data;
  }
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  return schema.parse(Object.fromEntries(Object.entries(single).filter(([name]) => !wrong.has(name))));
}
