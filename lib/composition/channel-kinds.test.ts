import { describe, expect, it } from "vitest";
import { adapterOf } from "@/lib/channels/registry";
import { catalogue } from "@/lib/i18n/catalogue";
import { isLocale } from "@/lib/i18n/locales";
import type { FieldShape } from "@/lib/settings/schema";
import { CHANNEL_KINDS } from "./channel-kinds";

const texts = catalogue["zh-CN"]["channel-kinds"] as unknown as Record<string, unknown>;
const has = (key: string) =>
  typeof key.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], texts) ===
  "string";

function keysOf(path: string, field: FieldShape): string[] {
  const own = `${path}.${field.name}`;
  return [
    `${own}.label`,
    ...(field.options ?? []).map((option) => `${own}.options.${option}`),
    // Fields by language are called by the language's name.
    ...(field.fields ?? []).filter(({ name }) => !isLocale(name)).flatMap((inner) => keysOf(own, inner)),
  ];
}

describe.each(CHANNEL_KINDS)("channel kind $kind", ({ kind, fields }) => {
  it("has a name, a sentence and a label for everything on its form", () => {
    const keys = [`${kind}.name`, `${kind}.hint`, ...fields.flatMap((field) => keysOf(`${kind}.fields`, field))];
    expect(keys.filter((key) => !has(key))).toEqual([]);
  });

  it("can be added before anything is filled in, and its secrets are no part of its configuration", () => {
    const adapter = adapterOf(kind);
    expect(adapter?.config.safeParse({}).success).toBe(true);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  });
});
