import { calledName, collect, isNode, lineAt, literalText, nameOf, type SourceFile, type SyntaxNode } from "./source";

/** Every place in the files whose node matches. */
function places(
  sources: readonly SourceFile[],
  applies: (file: SourceFile) => boolean,
  matches: (node: SyntaxNode) => boolean,
): string[] {
  return sources
    .filter(applies)
    .flatMap((file) =>
      collect(file.tree, (node) => (matches(node) ? `${file.path}:${lineAt(file, node.start)}` : undefined)),
    );
}

const everywhere = () => true;

export const anyTypes = (sources: readonly SourceFile[]) =>
  places(sources, everywhere, (node) => node.type === "TSAnyKeyword");

export const nonNullAssertions = (sources: readonly SourceFile[]) =>
  places(sources, everywhere, (node) => node.type === "TSNonNullExpression");

export const consoleCalls = (sources: readonly SourceFile[]) =>
  places(
    sources,
    (file) => !file.path.startsWith("scripts/"),
    (node) => calledName(node)?.startsWith("console.") === true,
  );

/** The environment is read in one place; tools that start before the app (scripts, end-to-end support) have their own. */
export const environmentReads = (sources: readonly SourceFile[]) =>
  places(
    sources,
    (file) => !/^(lib\/platform\/env|scripts|e2e)\//.test(file.path) && !file.path.endsWith(".config.ts"),
    (node) => node.type === "MemberExpression" && nameOf(node) === "process.env",
  );

export const mockedOwnModules = (sources: readonly SourceFile[]) =>
  places(sources, everywhere, (node) => {
    const isMock = /^vi\.(do)?(mock|unmock)$/i.test(calledName(node) ?? "");
    const [first] = isMock ? (node["arguments"] as SyntaxNode[]) : [];
    return first !== undefined && (first.type === "ImportExpression" || /^[@.]/.test(literalText(first) ?? ""));
  });

const skipped =
  /^(it|test|describe|suite)(\.\w+)*\.(skip|only|todo|fixme|skipIf|runIf)$|^(xit|xdescribe|fit|fdescribe)$/;

export const skippedTests = (sources: readonly SourceFile[]) =>
  places(
    sources,
    (file) => file.isTest,
    (node) => skipped.test(calledName(node) ?? ""),
  );

/** Waiting for a time instead of for an event makes a test slow on a good day and false on a bad one. */
export const sleepsInTests = (sources: readonly SourceFile[]) =>
  places(
    sources,
    (file) => /\.(test|spec)\.tsx?$/.test(file.path),
    (node) => {
      const name = calledName(node) ?? "";
      const [first] = name === "setTimeout" ? (node["arguments"] as SyntaxNode[]) : [];
      const resolvesLater = isNode(first) && /^(resolve|done|r)$/.test(nameOf(first) ?? "");
      return /(^|\.)(waitForTimeout|sleep)$/.test(name) || resolvesLater;
    },
  );

const bannedComment = /@ts-(ignore|nocheck|expect-error)|\b(TODO|FIXME|XXX|HACK)\b|biome-ignore-all|coming soon/i;

export function bannedComments(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => !path.startsWith("lib/testing/architecture"))
    .flatMap((file) =>
      file.comments
        .filter(({ value }) => bannedComment.test(value))
        .map(({ value, start }) => `${file.path}:${lineAt(file, start)} ${value.trim().slice(0, 60)}`),
    );
}

/** Attributes that people read or hear. */
const spokenAttributes = new Set(["alt", "aria-label", "aria-description", "label", "placeholder", "title"]);
const letters = /\p{L}/u;
const chinese = /\p{Script=Han}/u;

/** Text for people that is written in the code instead of in the messages. */
export function literalUserText(sources: readonly SourceFile[]): string[] {
  return places(
    sources,
    (file) => !file.isTest && /^(app|components)\//.test(file.path),
    (node) => {
      if (node.type === "JSXText") {
        return letters.test(String(node["value"]));
      }
      if (node.type === "JSXAttribute") {
        const name = isNode(node["name"]) ? nameOf(node["name"]) : undefined;
        return name !== undefined && spokenAttributes.has(name) && letters.test(literalText(node["value"]) ?? "");
      }
      return chinese.test(literalText(node) ?? "");
    },
  );
}
