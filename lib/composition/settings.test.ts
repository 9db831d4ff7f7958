import { describe, expect, it } from "vitest";
import { catalogue } from "@/lib/i18n/catalogue";
import { describeFields } from "@/lib/settings/describe-fields";
import type { FieldShape } from "@/lib/settings/schema";
import { SETTINGS } from "./settings";

const texts = catalogue["zh-CN"].settings as unknown as Record<string, unknown>;
const has = (key: string) =>
  typeof key.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], texts) ===
  "string";

function keysOf(path: string, field: FieldShape): string[] {
  const own = `${path}.${field.name}`;
  return [
    `${own}.label`,
    ...(field.options ?? []).map((option) => `${own}.options.${option}`),
    ...(field.fields ?? []).flatMap((inner) => keysOf(own, inner)),
  ];
}

describe("groups of settings", () => {
  it("have names of their own, and a default for every field", () => {
    expect(new Set(SETTINGS.map(({ name }) => name)).size).toBe(SETTINGS.length);
    for (const { name, schema } of SETTINGS) {
      expect(schema.safeParse({}).success, name).toBe(true);
    }
  });

  it.each(SETTINGS)("$name has a title, a sentence and a label for everything on its form", (group) => {
    const keys = describeFields(group).flatMap((field) => keysOf(group.name, field));
    const missing = [`${group.name}.title`, `${group.name}.description`, ...keys].filter((key) => !has(key));
    expect(missing).toEqual([]);
  });
});
