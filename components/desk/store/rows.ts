import { type ConversationSummary, type ConversationTab, conversationStatus } from "@/lib/conversations/schema";
import type { ConversationPatch } from "@/lib/events/realtime";

export type Rows = ReadonlyMap<string, ConversationSummary>;

/** Where the loaded part of a tab ends: rows behind it are not known yet. Undefined: all of the tab is loaded. */
export type Boundary = { readonly row: ConversationSummary } | undefined;

const OPEN = new Set(["bot", "queued", "assigned", "snoozed", "offline"]);
const HELD = new Set(["assigned", "snoozed"]);

/** True when the row belongs into the tab; the same rule as the server's (lib/conversations/queries.ts). */
export function belongsTo(tab: ConversationTab, row: ConversationSummary, agentId: string): boolean {
  switch (tab) {
    case "mine":
      return row.assignee?.id === agentId && HELD.has(row.status);
    case "involved":
      return row.collaborating && row.assignee?.id !== agentId && OPEN.has(row.status);
    case "queued":
      return row.status === "queued";
    case "ended":
      return !OPEN.has(row.status);
    default:
      return OPEN.has(row.status);
  }
}

function compareText(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Order of a tab: the queue is first come first served within a priority, the others newest first. */
export function compareRows(tab: ConversationTab): (first: ConversationSummary, second: ConversationSummary) => number {
  if (tab === "queued") {
    return (first, second) =>
      second.priority - first.priority ||
      compareText(first.queuedAt ?? "", second.queuedAt ?? "") ||
      compareText(first.id, second.id);
  }
  return (first, second) => compareText(second.lastMessageAt, first.lastMessageAt) || compareText(second.id, first.id);
}

/** The rows of a tab in order, as far as they are loaded. */
export function rowsOf(rows: Rows, tab: ConversationTab, agentId: string, boundary: Boundary): ConversationSummary[] {
  const compare = compareRows(tab);
  return [...rows.values()]
    .filter((row) => belongsTo(tab, row, agentId) && (boundary === undefined || compare(row, boundary.row) <= 0))
    .sort(compare);
}

/** Takes rows that the server told of; an older revision never replaces a newer one. */
export function mergeRows(rows: Rows, incoming: readonly ConversationSummary[]): Rows {
  const fresh = incoming.filter((row) => {
    const known = rows.get(row.id);
    return known === undefined || row.revision >= known.revision;
  });
  return fresh.length === 0 ? rows : new Map([...rows, ...fresh.map((row) => [row.id, row] as const)]);
}

/**
 * Applies pushed patches. A patch tells the assignee's id only: when it is somebody whose name is not known from the
 * row or from `names`, the row has to be fetched.
 *
 * @returns the rows, and the ids that have to be fetched
 */
export function applyPatches(
  rows: Rows,
  patches: readonly ConversationPatch[],
  names: ReadonlyMap<string, NonNullable<ConversationSummary["assignee"]>>,
): { rows: Rows; unknown: string[] } {
  const next = new Map(rows);
  const unknown: string[] = [];
  for (const patch of patches) {
    const row = rows.get(patch.id);
    if (row === undefined) {
      unknown.push(patch.id);
      continue;
    }
    const current = next.get(patch.id) ?? row;
    if (patch.revision <= current.revision) {
      continue;
    }
    const { assigneeId, lastMessageAuthor, ...rest } = patch;
    const assignee =
      assigneeId === null ? null : assigneeId === row.assignee?.id ? row.assignee : names.get(assigneeId);
    if (assignee === undefined) {
      unknown.push(patch.id);
      continue;
    }
    const status = conversationStatus.safeParse(rest.status);
    const author = lastMessageAuthor as ConversationSummary["lastMessageAuthor"];
    next.set(patch.id, {
      ...current,
      ...rest,
      status: status.success ? status.data : current.status,
      lastMessageAuthor: author,
      assignee,
    });
  }
  return { rows: next, unknown };
}

/**
 * Takes a fresh first page of a tab after a time without pushes. Rows that should stand on that page but do not have
 * changed meanwhile: they are dropped, and come back when the tab they moved to is loaded.
 *
 * @param before the rows when the page was asked for: what has come or changed since then is newer than the page
 */
export function replaceFirstPage(
  rows: Rows,
  before: Rows,
  tab: ConversationTab,
  agentId: string,
  page: { readonly items: readonly ConversationSummary[]; readonly complete: boolean },
  keep: string | undefined,
): Rows {
  const ids = new Set(page.items.map(({ id }) => id));
  const last = page.items.at(-1);
  const compare = compareRows(tab);
  const stale = [...rows.values()].filter(
    (row) =>
      row.id !== keep &&
      !ids.has(row.id) &&
      before.get(row.id) === row &&
      belongsTo(tab, row, agentId) &&
      (page.complete || (last !== undefined && compare(row, last) <= 0)),
  );
  const kept = new Map(rows);
  for (const row of stale) {
    kept.delete(row.id);
  }
  return mergeRows(kept, page.items);
}
