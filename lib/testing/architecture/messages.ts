import { readFileSync } from "node:fs";
import path from "node:path";
import type { SourceFile, SyntaxNode } from "./source";
import { calledName, collect, isNode, lineAt, listFiles, literalText, nameOf, projectRoot } from "./source";

const folder = "lib/i18n/messages";
export const locales = ["zh-CN", "en"] as const;

type Catalogue = ReadonlyMap<string, string>;

/** All messages of a locale: "namespace.key.inner" → text. */
export function readCatalogue(locale: string): Catalogue {
  const entries: [string, string][] = [];
  for (const file of listFiles(`${folder}/${locale}`, /\.json$/)) {
    const namespace = path.posix.basename(file, ".json");
    flatten(namespace, JSON.parse(readFileSync(path.join(projectRoot, file), "utf8")), entries);
  }
  return new Map(entries);
}

function flatten(prefix: string, value: unknown, into: [string, string][]): void {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(`${prefix}.${key}`, inner, into);
    }
  } else {
    into.push([prefix, String(value)]);
  }
}

/** Keys that one locale has and another lacks, empty texts, and texts with other placeholders than their translation. */
export function unevenMessages(): string[] {
  const [first, second] = locales.map((locale) => ({ locale, catalogue: readCatalogue(locale) }));
  if (!first || !second) {
    return [];
  }
  const missing = (from: typeof first, to: typeof first) =>
    [...from.catalogue.keys()].filter((key) => !to.catalogue.has(key)).map((key) => `${to.locale} lacks ${key}`);
  const empty = [first, second].flatMap(({ locale, catalogue }) =>
    [...catalogue].filter(([, text]) => text.trim() === "").map(([key]) => `${locale} has no text for ${key}`),
  );
  const different = [...first.catalogue]
    .filter(([key, text]) => second.catalogue.has(key) && names(text) !== names(second.catalogue.get(key) ?? ""))
    .map(([key, text]) => `${key}: {${names(text)}} here, {${names(second.catalogue.get(key) ?? "")}} there`);
  return [...missing(first, second), ...missing(second, first), ...empty, ...different];
}

/** The placeholders and tags of an ICU message, sorted. */
function names(text: string): string {
  const found = new Set([...text.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`));
  collectPlaceholders(text, 0, found);
  return [...found].sort().join(" ");
}

/**
 * Reads ICU text from `start` to the brace that closes it. A placeholder is `{name}` or `{name, type, …}`; in a plural or
 * select each branch, `one {…}`, is text again.
 *
 * @returns where the text ended
 */
function collectPlaceholders(text: string, start: number, into: Set<string>): number {
  let at = start;
  while (at < text.length && text[at] !== "}") {
    if (text[at] !== "{") {
      at += 1;
      continue;
    }
    const head = /^\{\s*(\w+)\s*/.exec(text.slice(at));
    into.add(head?.[1] ?? "?");
    at += head?.[0].length ?? 1;
    while (at < text.length && text[at] !== "}") {
      at = text[at] === "{" ? collectPlaceholders(text, at + 1, into) + 1 : at + 1;
    }
    at += 1;
  }
  return at;
}

/** Message keys that the code names and no catalogue has, where both the namespace and the key stand in the code. */
export function unknownMessages(sources: readonly SourceFile[]): string[] {
  const catalogue = readCatalogue(locales[0]);
  const keys = new Set(catalogue.keys());
  const known = (name: string) => keys.has(name) || [...keys].some((key) => key.startsWith(`${name}.`));
  return sources
    .filter((file) => !file.isTest)
    .flatMap((file) => {
      const namespaces = translators(file);
      return collect(file.tree, (node) => {
        const name = calledName(node)?.replace(/\.(rich|markup|raw|has)$/, "");
        const spaces = name === undefined ? undefined : namespaces.get(name);
        const key = literalText((node["arguments"] as SyntaxNode[] | undefined)?.[0]);
        if (spaces === undefined || key === undefined) {
          return undefined;
        }
        const found = spaces.some((space) => known(space === "" ? key : `${space}.${key}`));
        return found ? undefined : `${file.path}:${lineAt(file, node.start)} ${spaces.join("|")}.${key}`;
      });
    });
}

/** Which variable of a file translates from which namespaces: `const t = useTranslations("chat")`. */
function translators(file: SourceFile): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const node of collect(file.tree, (each) => (each.type === "VariableDeclarator" ? each : undefined))) {
    const name = isNode(node["id"]) ? nameOf(node["id"]) : undefined;
    const value = isNode(node["init"]) ? node["init"] : undefined;
    const call = value?.type === "AwaitExpression" && isNode(value["argument"]) ? value["argument"] : value;
    if (name && call && /^(useTranslations|getTranslations)$/.test(calledName(call) ?? "")) {
      const space = namespaceOf((call["arguments"] as SyntaxNode[])[0]);
      if (space !== undefined) {
        found.set(name, [...(found.get(name) ?? []), space]);
      }
    }
  }
  return found;
}

function namespaceOf(argument: SyntaxNode | undefined): string | undefined {
  if (argument === undefined) {
    return "";
  }
  if (argument.type !== "ObjectExpression") {
    return literalText(argument);
  }
  const properties = argument["properties"] as SyntaxNode[];
  const named = properties.find((property) => isNode(property["key"]) && nameOf(property["key"]) === "namespace");
  return literalText(named?.["value"]);
}

/** Reasons of AppError without a text in the namespace `errors`. */
export function unknownErrorReasons(sources: readonly SourceFile[]): string[] {
  const catalogue = readCatalogue(locales[0]);
  return sources
    .filter((file) => !file.isTest)
    .flatMap((file) =>
      collect(file.tree, (node) => {
        const isError =
          node.type === "NewExpression" && isNode(node["callee"]) && nameOf(node["callee"]) === "AppError";
        const reason = isError ? literalText((node["arguments"] as SyntaxNode[])[1]) : undefined;
        const missing = reason !== undefined && !catalogue.has(`errors.${reason}`);
        return missing ? `${file.path}:${lineAt(file, node.start)} errors.${reason}` : undefined;
      }),
    );
}
