import { createHash } from "node:crypto";
import { isNode, lineAt, nameOf, type SourceFile, type SyntaxNode, walk } from "./source";

const fileLimit = 400;
const functionLimit = 60;
const routeLimit = 30;
/** Share of lines that may stand in the project more than once. */
const duplicateLimit = 0.02;
/** How many lines in a row make a copy. */
const copyLength = 8;

export function longFiles(sources: readonly SourceFile[]): string[] {
  return sources.filter(({ lines }) => lines > fileLimit).map(({ path, lines }) => `${path}: ${lines} lines`);
}

export function longRoutes(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path, lines }) => /^app\/.*\/route\.ts$/.test(path) && lines > routeLimit)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

/** Functions over the limit. Tests are left out: a `describe` is one function around many. */
export function longFunctions(sources: readonly SourceFile[]): string[] {
  return sources
    .filter((file) => !file.isTest)
    .flatMap((file) => {
      const found: string[] = [];
      walk(file.tree, (node) => {
        const lines = isFunction(node) ? lineAt(file, node.end) - lineAt(file, node.start) + 1 : 0;
        if (lines > functionLimit) {
          found.push(`${file.path}:${lineAt(file, node.start)} ${functionName(node)}: ${lines} lines`);
        }
      });
      return found;
    });
}

function isFunction(node: SyntaxNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function functionName(node: SyntaxNode): string {
  return (isNode(node["id"]) && nameOf(node["id"])) || "(anonymous)";
}

const vagueNames = /(^|\/)(utils?|helpers?|types|constants|common|misc|shared|index)\.tsx?$/;

export function vaguelyNamedFiles(sources: readonly SourceFile[]): string[] {
  return sources.filter(({ path }) => vagueNames.test(path)).map(({ path }) => path);
}

/** More copied lines than the budget: the copies, longest first. */
export function duplicatedLines(sources: readonly SourceFile[]): string[] {
  const places = new Map<string, { path: string; line: number }[]>();
  let total = 0;
  const files = sources
    .filter((file) => !file.isTest)
    .map((file) => ({ path: file.path, lines: meaningfulLines(file) }));
  for (const { path, lines } of files) {
    total += lines.length;
    for (let first = 0; first + copyLength <= lines.length; first += 1) {
      const window = lines.slice(first, first + copyLength);
      const key = createHash("sha1")
        .update(window.map(({ text }) => text).join("\n"))
        .digest("base64");
      places.set(key, [...(places.get(key) ?? []), { path, line: first }]);
    }
  }
  const copied = new Map<string, Set<number>>();
  for (const group of places.values()) {
    for (const { path, line } of group.length > 1 ? group : []) {
      const lines = copied.get(path) ?? new Set<number>();
      for (let offset = 0; offset < copyLength; offset += 1) {
        lines.add(line + offset);
      }
      copied.set(path, lines);
    }
  }
  const count = [...copied.values()].reduce((sum, lines) => sum + lines.size, 0);
  if (count <= total * duplicateLimit) {
    return [];
  }
  const worst = [...copied].sort((one, other) => other[1].size - one[1].size).slice(0, 15);
  const share = ((count / total) * 100).toFixed(1);
  return [`${count} of ${total} lines (${share} %)`, ...worst.map(([path, lines]) => `${path}: ${lines.size} lines`)];
}

/** Lines that say something: no blank ones, imports, comments or lone brackets. */
function meaningfulLines(file: SourceFile): { text: string }[] {
  return file.text
    .split("\n")
    .map((line) => ({ text: line.trim() }))
    .filter(
      ({ text }) => text.length > 3 && !/^(import\b|export \{|\/\/|\/\*|\*|\} from )/.test(text) && /\w/.test(text),
    );
}
