import { listConversations } from "@/lib/conversations/contracts";
import type { ConversationTab } from "@/lib/conversations/schema";
import type { DeskParts } from "./desk-parts";
import { createRowActions, type RowActions } from "./row-actions";
import { mergeRows, replaceFirstPage } from "./rows";
import { tabAfterPage, withTab } from "./state";

const PAGE = 50;

export interface ListActions extends RowActions {
  /** Loads a tab's first page unless it is there already. */
  ensureTab(tab: ConversationTab): Promise<void>;
  loadMore(tab: ConversationTab): Promise<void>;
  /** Fetches what pushes may have missed: the tab in sight again; the others when they are next looked at. */
  resync(): Promise<void>;
}

/** What the list of conversations does. */
export function createListActions(parts: DeskParts): ListActions {
  const { store, call, agent } = parts;

  async function loadFirst(tab: ConversationTab): Promise<void> {
    const unlessReady = (status: "loading" | "failed") =>
      store.update((state) => (state.tabs[tab].status === "ready" ? state : withTab(state, tab, { status })));
    unlessReady("loading");
    const { rows: before } = store.get();
    try {
      const { items, nextCursor, counts } = await call(listConversations, { query: { tab, limit: PAGE } });
      store.update((state) => {
        const page = { items, complete: nextCursor === null };
        const rows = replaceFirstPage(state.rows, before, tab, agent.id, page, state.place.conversationId);
        return { ...withTab(state, tab, tabAfterPage(items, nextCursor)), rows, counts };
      });
    } catch {
      unlessReady("failed");
    }
  }

  return {
    ...createRowActions(parts),
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
  };
}
