import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";

/** One node of a file's syntax tree, as far as the rules look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** One source file, read and parsed once for all rules. */
export interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly isTest: boolean;
  /** What it imports, as written, and where that is in the project (undefined for packages). */
  readonly imports: readonly { readonly specifier: string; readonly target: string | undefined }[];
  readonly comments: readonly { readonly value: string; readonly start: number }[];
  readonly tree: SyntaxNode;
}

export const projectRoot = process.cwd();
const folders = ["app", "components", "lib", "db", "scripts", "e2e"];

/** Every TypeScript source of the project. */
export function readSources(): SourceFile[] {
  const nested = folders.flatMap((folder) => listFiles(folder));
  const atRoot = readdirSync(projectRoot).filter((name) => /^(proxy|instrumentation|next\.config)\.ts$/.test(name));
  const known = new Set([...nested, ...atRoot]);
  return [...known].sort().map((file) => parseFile(file, known));
}

/** Files below a folder of the project that end with one of TypeScript's endings (or with `ending`). */
export function listFiles(folder: string, ending: RegExp = /(?<!\.d)\.tsx?$/): string[] {
  try {
    return readdirSync(path.join(projectRoot, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
  } catch {
    return [];
  }
}

function parseFile(file: string, known: ReadonlySet<string>): SourceFile {
  const text = readFileSync(path.join(projectRoot, file), "utf8");
  const parsed = parseSync(file, text);
  const tree = parsed.program as unknown as SyntaxNode;
  const specifiers = collect(tree, (node) => {
    const isImport = /^(Import|ExportAll|ExportNamed)(Declaration|Expression)$/.test(node.type);
    const source = isImport ? (node["source"] as SyntaxNode | null) : undefined;
    return typeof source?.["value"] === "string" ? source["value"] : undefined;
  });
  return {
    path: file,
    text,
    lines: text.split("\n").length - 1,
    isTest: /\.(test|spec)\.tsx?$/.test(file) || /^(e2e|lib\/testing)\//.test(file),
    imports: specifiers.map((specifier) => ({ specifier, target: resolveImport(file, specifier, known) })),
    comments: parsed.comments,
    tree,
  };
}

function resolveImport(from: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  if (!/^(@\/|\.)/.test(specifier)) {
    return undefined;
  }
  const plain = specifier.startsWith("@/") ? specifier.slice(2) : path.posix.join(path.posix.dirname(from), specifier);
  return [`${plain}.ts`, `${plain}.tsx`, `${plain}/index.ts`, plain].find((name) => known.has(name)) ?? plain;
}

/** Visits every node of a tree, outermost first. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) {
        walk(child, visit);
      }
    }
  }
}

/** What `pick` makes of each node, without the undefined ones. */
export function collect<Result>(tree: SyntaxNode, pick: (node: SyntaxNode) => Result | undefined): Result[] {
  const found: Result[] = [];
  walk(tree, (node) => {
    const result = pick(node);
    if (result !== undefined) {
      found.push(result);
    }
  });
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** The line (from 1) of a place in the text. */
export function lineAt(file: SourceFile, position: number): number {
  return file.text.slice(0, position).split("\n").length;
}

/** The name under which something is called, such as "vi.mock" or "t"; undefined for anything more complicated. */
export function calledName(node: SyntaxNode): string | undefined {
  const callee = node.type === "CallExpression" ? node["callee"] : undefined;
  return isNode(callee) ? nameOf(callee) : undefined;
}

/** "a", "a.b" or "a.b.c" for identifiers and plain member accesses. */
export function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === "Identifier" || node.type === "JSXIdentifier") {
    return String(node["name"]);
  }
  if (node.type === "MemberExpression" && node["computed"] !== true) {
    const object = isNode(node["object"]) ? nameOf(node["object"]) : undefined;
    const property = isNode(node["property"]) ? nameOf(node["property"]) : undefined;
    return object && property ? `${object}.${property}` : undefined;
  }
  return undefined;
}

/** The text of a string literal, else undefined. */
export function literalText(node: unknown): string | undefined {
  return isNode(node) && node.type === "Literal" && typeof node["value"] === "string" ? node["value"] : undefined;
}
