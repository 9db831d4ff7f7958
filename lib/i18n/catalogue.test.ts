import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { catalogue } from "./catalogue";
import { LOCALES } from "./locales";
import type { MessageTree } from "./translate";

function flatten(tree: MessageTree, prefix = ""): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Names of the placeholders at any depth, without the branches of plurals. */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name = ""]) => name);
  return [...new Set(names)].sort();
}

const [first, ...others] = LOCALES;

it.each(LOCALES)("every message file of %s is in the catalogue", (locale) => {
  const files = readdirSync(new URL(`./messages/${locale}/`, import.meta.url)).map((name) =>
    name.replace(/\.json$/, ""),
  );
  expect(files.sort()).toEqual(Object.keys(catalogue[locale]).sort());
});

it.each(others)("%s says everything that zh-CN says, and nothing more", (locale) => {
  expect(
    flatten(catalogue[locale])
      .map(([key]) => key)
      .sort(),
  ).toEqual(
    flatten(catalogue[first])
      .map(([key]) => key)
      .sort(),
  );
});

it.each(others)("%s uses the same placeholders as zh-CN", (locale) => {
  const used = (of: typeof locale | typeof first) =>
    Object.fromEntries(flatten(catalogue[of]).map(([key, text]) => [key, placeholders(text)]));
  expect(used(locale)).toEqual(used(first));
});

it.each(LOCALES)("no message of %s is empty", (locale) => {
  expect(flatten(catalogue[locale]).filter(([, text]) => text.trim() === "")).toEqual([]);
});
