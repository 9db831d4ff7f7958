import { getConversation, listConversations } from "@/lib/conversations/contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { ConversationPatch } from "@/lib/events/realtime";
import { RequestFailed } from "@/lib/platform/http/client";
import type { DeskParts } from "./desk-parts";
import { newsOf } from "./news";
import { applyPatches, mergeRows, type Rows } from "./rows";
import { countsAfter } from "./state";

/** Longest time that a number beside a tab may differ from the server's, in milliseconds. */
const COUNTS_AFTER = 1_500;

export interface RowActions {
  /** Takes rows that an action answered. */
  takeRows(rows: readonly ConversationSummary[]): void;
  takePatches(patches: readonly ConversationPatch[]): void;
  /** Fetches one row that is not known, or not known well. What it brings is never older than the moment of asking. */
  fetchRow(id: string): Promise<void>;
  /** The agent helps with a conversation now, or no longer. */
  setCollaborating(id: string, collaborating: boolean): void;
  renameCustomer(customerId: string, name: string | null, tags: readonly string[]): void;
}

/** Asks the server for the tabs' numbers, once for many changes. */
function createCountsRefresh({ store, call }: DeskParts): () => void {
  let awaited = false;
  return () => {
    if (awaited) {
      return;
    }
    awaited = true;
    setTimeout(() => {
      awaited = false;
      call(listConversations, { query: { tab: "mine", limit: 1 } })
        .then(({ counts }) => store.update((state) => ({ ...state, counts })))
        // The next change, or the next resync, asks again.
        .catch(() => undefined);
    }, COUNTS_AFTER);
  };
}

/** Changes rows, keeps the tabs' numbers right, and tells what is new to the agent. */
function createTake(parts: DeskParts): (change: (rows: Rows) => Rows, ids: readonly string[]) => void {
  const { store, agent } = parts;
  const refreshCountsSoon = createCountsRefresh(parts);
  return (change, ids) => {
    const before = store.get().rows;
    store.update((state) => {
      const rows = change(state.rows);
      const counts = countsAfter(state.counts, state.rows, rows, ids, agent.id);
      return rows === state.rows ? state : { ...state, rows, counts };
    });
    const after = store.get().rows;
    for (const id of ids) {
      const [old, fresh] = [before.get(id), after.get(id)];
      const kind = fresh && fresh !== old ? newsOf(old, fresh, agent.id) : undefined;
      if (fresh && kind) {
        parts.tell({ kind, row: fresh });
      }
      if (
        old?.status !== fresh?.status ||
        old?.collaborating !== fresh?.collaborating ||
        old?.assignee?.id !== fresh?.assignee?.id
      ) {
        refreshCountsSoon();
      }
    }
  };
}

/** Fetches rows, each at most once at a time. */
function createFetch(
  { store, call }: DeskParts,
  take: (change: (rows: Rows) => Rows, ids: readonly string[]) => void,
): RowActions["fetchRow"] {
  const fetching = new Map<string, { readonly done: Promise<void>; askedAgain: boolean }>();

  async function load(id: string): Promise<void> {
    try {
      const row = await call(getConversation, { params: { id } });
      take((rows) => mergeRows(rows, [row]), [id]);
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.status === 404) {
        store.update((state) => ({ ...state, missing: new Set(state.missing).add(id) }));
      }
    }
  }

  function fetchRow(id: string): Promise<void> {
    const running = fetching.get(id);
    if (running) {
      // The answer on its way may have been read before what is asked about now happened.
      running.askedAgain = true;
      return running.done;
    }
    const done = load(id).then(() => {
      const again = fetching.get(id)?.askedAgain === true;
      fetching.delete(id);
      return again ? fetchRow(id) : undefined;
    });
    fetching.set(id, { done, askedAgain: false });
    return done;
  }

  return fetchRow;
}

/** What changes single rows of the list. */
export function createRowActions(parts: DeskParts): RowActions {
  const { store, agent } = parts;
  const take = createTake(parts);
  const fetchRow = createFetch(parts, take);
  return {
    fetchRow,
    takeRows: (rows) =>
      take(
        (known) => mergeRows(known, rows),
        rows.map(({ id }) => id),
      ),
    takePatches(patches) {
      const known = [...store.get().rows.values()].flatMap(({ assignee }) => assignee ?? []);
      const me = { id: agent.id, name: agent.name, avatarUrl: agent.avatarUrl };
      const names = new Map([...known, me].map((assignee) => [assignee.id, assignee]));
      const { rows, unknown } = applyPatches(store.get().rows, patches, names);
      take(
        () => rows,
        patches.map(({ id }) => id),
      );
      for (const id of unknown) {
        fetchRow(id);
      }
    },
    setCollaborating(id, collaborating) {
      const row = store.get().rows.get(id);
      if (!row) {
        void fetchRow(id);
      } else if (row.collaborating !== collaborating) {
        take((rows) => new Map(rows).set(id, { ...row, collaborating }), [id]);
      }
    },
    renameCustomer(customerId, name, tags) {
      store.update((state) => {
        const changed = [...state.rows.values()].filter(({ customer }) => customer.id === customerId);
        const rows = new Map(state.rows);
        for (const row of changed) {
          rows.set(row.id, { ...row, customer: { ...row.customer, name, tags: [...tags] } });
        }
        return changed.length === 0 ? state : { ...state, rows };
      });
    },
  };
}
