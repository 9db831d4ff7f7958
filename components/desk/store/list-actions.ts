import { getConversation, listConversations } from "@/lib/conversations/contracts";
import type { ConversationSummary, ConversationTab } from "@/lib/conversations/schema";
import type { ConversationPatch } from "@/lib/events/realtime";
import { RequestFailed } from "@/lib/platform/http/client";
import type { DeskParts } from "./desk-parts";
import { newsOf } from "./news";
import { applyPatches, mergeRows, type Rows, replaceFirstPage } from "./rows";
import { countsAfter, tabAfterPage, withTab } from "./state";

const PAGE = 50;
/** Longest time that a number beside a tab may differ from the server's, in milliseconds. */
const COUNTS_AFTER = 1_500;

export interface ListActions {
  /** Loads a tab's first page unless it is there already. */
  ensureTab(tab: ConversationTab): Promise<void>;
  loadMore(tab: ConversationTab): Promise<void>;
  /** Fetches what pushes may have missed: the tab in sight again; the others when they are next looked at. */
  resync(): Promise<void>;
  /** Takes rows that an action answered. */
  takeRows(rows: readonly ConversationSummary[]): void;
  takePatches(patches: readonly ConversationPatch[]): void;
  /** Fetches one row that is not known. */
  fetchRow(id: string): Promise<void>;
  renameCustomer(customerId: string, name: string | null, tags: readonly string[]): void;
}

/** What the list of conversations does. */
export function createListActions(parts: DeskParts): ListActions {
  const { store, call, agent } = parts;
  const fetching = new Map<string, Promise<void>>();
  let countsAwaited = false;

  function refreshCountsSoon(): void {
    if (countsAwaited) {
      return;
    }
    countsAwaited = true;
    setTimeout(() => {
      countsAwaited = false;
      call(listConversations, { query: { tab: "mine", limit: 1 } })
        .then(({ counts }) => store.update((state) => ({ ...state, counts })))
        // The next change, or the next resync, asks again.
        .catch(() => undefined);
    }, COUNTS_AFTER);
  }

  function take(change: (rows: Rows) => Rows, ids: readonly string[]): void {
    const before = store.get().rows;
    store.update((state) => {
      const rows = change(state.rows);
      return rows === state.rows
        ? state
        : { ...state, rows, counts: countsAfter(state.counts, state.rows, rows, ids, agent.id) };
    });
    const after = store.get().rows;
    for (const id of ids) {
      const [old, fresh] = [before.get(id), after.get(id)];
      const kind = fresh && fresh !== old ? newsOf(old, fresh, agent.id) : undefined;
      if (fresh && kind) {
        parts.tell({ kind, row: fresh });
      }
      if (old?.status !== fresh?.status || old?.assignee?.id !== fresh?.assignee?.id) {
        refreshCountsSoon();
      }
    }
  }

  async function loadFirst(tab: ConversationTab): Promise<void> {
    store.update((state) => (state.tabs[tab].status === "ready" ? state : withTab(state, tab, { status: "loading" })));
    try {
      const page = await call(listConversations, { query: { tab, limit: PAGE } });
      store.update((state) => {
        const complete = page.nextCursor === null;
        const open = state.place.conversationId;
        const rows = replaceFirstPage(state.rows, tab, agent.id, { items: page.items, complete }, open);
        const loaded = withTab(state, tab, tabAfterPage(page.items, page.nextCursor));
        return { ...loaded, rows, counts: page.counts };
      });
    } catch {
      store.update((state) => (state.tabs[tab].status === "ready" ? state : withTab(state, tab, { status: "failed" })));
    }
  }

  async function fetchRow(id: string): Promise<void> {
    try {
      const row = await call(getConversation, { params: { id } });
      take((rows) => mergeRows(rows, [row]), [id]);
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.status === 404) {
        store.update((state) => ({ ...state, missing: new Set(state.missing).add(id) }));
      }
    }
  }

  return {
    async ensureTab(tab) {
      const { status } = store.get().tabs[tab];
      if (status === "idle" || status === "failed") {
        await loadFirst(tab);
      }
    },
    async loadMore(tab) {
      const { nextCursor, loadingMore } = store.get().tabs[tab];
      if (nextCursor === null || loadingMore) {
        return;
      }
      store.update((state) => withTab(state, tab, { loadingMore: true }));
      try {
        const page = await call(listConversations, { query: { tab, limit: PAGE, cursor: nextCursor } });
        store.update((state) => {
          const loaded = withTab(state, tab, tabAfterPage(page.items, page.nextCursor));
          return { ...loaded, rows: mergeRows(state.rows, page.items), counts: page.counts };
        });
      } catch {
        // Scrolling on asks again.
        store.update((state) => withTab(state, tab, { loadingMore: false }));
      }
    },
    async resync() {
      const current = store.get().place.tab;
      store.update((state) => {
        const others = Object.keys(state.tabs).filter((tab) => tab !== current) as ConversationTab[];
        return others.reduce((next, tab) => withTab(next, tab, { status: "idle" }), state);
      });
      await loadFirst(current);
    },
    takeRows(rows) {
      take(
        (known) => mergeRows(known, rows),
        rows.map(({ id }) => id),
      );
    },
    takePatches(patches) {
      const names = new Map(
        [...store.get().rows.values()].flatMap((row) => (row.assignee ? [[row.assignee.id, row.assignee]] : [])),
      );
      names.set(agent.id, { id: agent.id, name: agent.name, avatarUrl: agent.avatarUrl });
      const { rows, unknown } = applyPatches(store.get().rows, patches, names);
      take(
        () => rows,
        patches.map(({ id }) => id),
      );
      for (const id of unknown) {
        this.fetchRow(id);
      }
    },
    fetchRow(id) {
      const running = fetching.get(id) ?? fetchRow(id).finally(() => fetching.delete(id));
      fetching.set(id, running);
      return running;
    },
    renameCustomer(customerId, name, tags) {
      store.update((state) => {
        const changed = [...state.rows.values()].filter((row) => row.customer.id === customerId);
        const rows = new Map(state.rows);
        for (const row of changed) {
          rows.set(row.id, { ...row, customer: { ...row.customer, name, tags: [...tags] } });
        }
        return changed.length === 0 ? state : { ...state, rows };
      });
    },
  };
}
