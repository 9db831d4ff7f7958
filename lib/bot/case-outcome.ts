import type { MessagePart } from "@/lib/conversations/schema";
import type { CaseChange, CaseResult, Expectation } from "./case-schema";
import type { Reply } from "./situation";

/** A reply as far as cases look at it. */
type Outcome = Pick<Reply, "kind" | "parts"> & { readonly trace: { readonly found: Reply["trace"]["found"] } };

const wordsOf = (parts: readonly MessagePart[]): string =>
  parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");

/** What a person reads of a reply: where it offers choices, these too, for they are what differs. */
function readOf(parts: readonly MessagePart[]): string {
  const choices = parts.flatMap((part) => (part.type === "choices" ? part.choices.map(({ label }) => label) : []));
  return [wordsOf(parts), choices.join(" / ")].filter(Boolean).join("\n");
}

/** Entries that a reply rests on, or offers. */
function entriesOf({ kind, parts, trace }: Outcome): string[] {
  if (kind !== "choices") {
    return parts.flatMap((part) => (part.type === "citation" ? [part.entryId] : []));
  }
  const asked = new Set(
    parts.flatMap((part) => (part.type === "choices" ? part.choices.flatMap(({ value }) => value ?? []) : [])),
  );
  return trace.found.flatMap(({ entryId, question }) => (asked.has(question) ? [entryId] : []));
}

/** What a case gave, judged by what was expected. Pure; a conversation that ended early gives no reply. */
export function judgeCase(
  tried: {
    readonly id: string;
    readonly version: number;
    readonly says: readonly string[];
    readonly expected: Expectation;
  },
  reply: Outcome | undefined,
): CaseResult {
  const { id: caseId, version, expected } = tried;
  const says = [...tried.says];
  if (!reply) {
    return { caseId, version, says, passed: false, kind: "handoff", text: "", entryId: null, confidence: null };
  }
  const text = wordsOf(reply.parts);
  const entries = entriesOf(reply);
  const passed =
    (expected.kind === undefined || expected.kind === reply.kind) &&
    (expected.entryId === undefined || entries.includes(expected.entryId)) &&
    (expected.contains === undefined || text.includes(expected.contains)) &&
    (expected.excludes === undefined || !text.includes(expected.excludes));
  const [top] = reply.trace.found;
  return {
    caseId,
    version,
    says,
    passed,
    kind: reply.kind,
    text: readOf(reply.parts).slice(0, 1_000),
    entryId: entries[0] ?? null,
    confidence: top?.confidence ?? null,
  };
}

/** What is different from the run before: broken first, then mended, then what only reads differently. Pure. */
export function compareRuns(before: readonly CaseResult[] | undefined, after: readonly CaseResult[]): CaseChange[] {
  if (!before) {
    return [];
  }
  const known = new Map(before.map((result) => [result.caseId, result]));
  const changes = after.flatMap((result): CaseChange[] => {
    const old = known.get(result.caseId) ?? null;
    const told = { caseId: result.caseId, says: result.says, before: old, after: result };
    if (!old) {
      return [{ ...told, change: "new" }];
    }
    if (old.version !== result.version) {
      return [{ ...told, change: "edited" }];
    }
    if (old.passed !== result.passed) {
      return [{ ...told, change: result.passed ? "mended" : "broke" }];
    }
    const same = old.kind === result.kind && old.entryId === result.entryId && old.text === result.text;
    return same ? [] : [{ ...told, change: "differs" }];
  });
  const order = ["broke", "mended", "differs", "edited", "new"];
  return changes.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}
