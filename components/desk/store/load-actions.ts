import { listMessages } from "@/lib/conversations/contracts";
import { type DeskParts, detailOf } from "./desk-parts";
import { threadOf, withThread } from "./state";
import { gapAfter, lastSeqOf, mergeMessages, mergeNewest, mergeOlder, type Thread } from "./thread";

const PAGE = 50;
const GAP_PAGE = 200;

export interface LoadActions {
  /** Loads a conversation's newest messages, or what it lacks since it was last looked at. */
  load(conversationId: string): Promise<void>;
  loadOlder(conversationId: string): Promise<void>;
  /** Loads back until the message is there. @returns false when it could not be reached */
  loadBackTo(conversationId: string, seq: number): Promise<boolean>;
  fillGap(conversationId: string): Promise<void>;
}

/** Fetches what a thread lacks, page by page, until nothing is missing or nothing more comes. */
async function fill({ store, call }: DeskParts, id: string): Promise<void> {
  for (;;) {
    const state = store.get();
    const after = gapAfter(threadOf(state, id), state.rows.get(id)?.lastSeq ?? 0);
    if (after === undefined) {
      return;
    }
    const page = await call(listMessages, { params: { id }, query: { afterSeq: after, limit: GAP_PAGE } });
    store.update((now) => withThread(now, id, (thread) => mergeMessages(thread, page.items)));
    if (lastSeqOf(threadOf(store.get(), id)) === after) {
      return;
    }
  }
}

/** Fetches the newest page; a thread that is shown already stays as it is when that fails. */
async function loadNewest({ store, call }: DeskParts, id: string): Promise<void> {
  const change = (apply: (thread: Thread) => Thread) => store.update((state) => withThread(state, id, apply));
  const unlessReady = (part: Partial<Thread>) =>
    change((now) => (now.status === "ready" ? now : { ...now, problem: "", ...part }));
  unlessReady({ status: "loading" });
  try {
    const page = await call(listMessages, { params: { id }, query: { limit: PAGE } });
    change((now) => mergeNewest(now, page));
  } catch (error) {
    unlessReady({ status: "failed", problem: detailOf(error) });
  }
}

/** Fetches what stands before `first` and puts it in front. */
async function prepend({ store, call }: DeskParts, id: string, first: number, limit: number): Promise<void> {
  const page = await call(listMessages, { params: { id }, query: { beforeSeq: first, limit } });
  store.update((state) => withThread(state, id, (now) => mergeOlder(now, page)));
}

/** Loads messages into threads. */
export function createLoadActions(parts: DeskParts): LoadActions {
  const { store } = parts;
  const filling = new Map<string, Promise<void>>();
  const thread = (id: string): Thread => threadOf(store.get(), id);
  const setLoadingOlder = (id: string, loadingOlder: boolean): void =>
    store.update((state) => withThread(state, id, (now) => ({ ...now, loadingOlder })));

  const actions: LoadActions = {
    async load(id) {
      const { status } = thread(id);
      if (status === "idle" || status === "failed") {
        await loadNewest(parts, id);
      }
      await actions.fillGap(id);
    },
    async loadOlder(id) {
      const { hasOlder, loadingOlder, messages } = thread(id);
      const first = messages[0]?.seq;
      if (hasOlder && !loadingOlder && first !== undefined) {
        setLoadingOlder(id, true);
        // Scrolling up again asks again.
        await prepend(parts, id, first, PAGE).catch(() => setLoadingOlder(id, false));
      }
    },
    async loadBackTo(id, seq) {
      await actions.load(id);
      for (let first = thread(id).messages[0]?.seq; first !== undefined && first > seq; ) {
        await prepend(parts, id, first, Math.min(GAP_PAGE, Math.max(PAGE, first - seq + PAGE / 2)));
        const reached = thread(id).messages[0]?.seq;
        if (reached === first) {
          return false;
        }
        first = reached;
      }
      return thread(id).messages.length > 0;
    },
    fillGap(id) {
      const running =
        filling.get(id) ??
        fill(parts, id)
          // The next push, or the next resync, sees the same gap again.
          .catch(() => undefined)
          .finally(() => filling.delete(id));
      filling.set(id, running);
      return running;
    },
  };
  return actions;
}
