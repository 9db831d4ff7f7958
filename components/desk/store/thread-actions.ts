import { listMessages, markRead, postReply, recallMessage, typing } from "@/lib/conversations/contracts";
import type { Message, SentPart } from "@/lib/conversations/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import { type DeskParts, detailOf } from "./desk-parts";
import { threadOf, withThread } from "./state";
import {
  addPending,
  changePending,
  dropPending,
  gapAfter,
  lastSeqOf,
  mergeMessages,
  mergeNewest,
  mergeOlder,
  type PendingFile,
  type PendingMessage,
} from "./thread";

const PAGE = 50;
const GAP_PAGE = 200;
/** How often "is typing" is told again, in milliseconds. */
const TYPING_EVERY = 3_000;

export interface Reply {
  readonly text: string;
  readonly files: readonly PendingFile[];
  readonly visibility: "public" | "internal";
}

export interface ThreadActions {
  /** Loads a conversation's newest messages, or what it lacks since it was last looked at. */
  load(conversationId: string): Promise<void>;
  loadOlder(conversationId: string): Promise<void>;
  /** Loads back until the message is there. @returns false when it could not be reached */
  loadBackTo(conversationId: string, seq: number): Promise<boolean>;
  fillGap(conversationId: string): Promise<void>;
  take(conversationId: string, messages: readonly Message[]): void;
  /** Shows the message at once and sends it. @returns true when the server has it */
  send(conversationId: string, reply: Reply): Promise<boolean>;
  retry(conversationId: string, clientId: string): Promise<boolean>;
  /** Sends again what failed for want of a connection. */
  retryUnsent(): void;
  discard(conversationId: string, clientId: string): void;
  /** @throws RequestFailed when it is too late */
  recall(conversationId: string, messageId: string): Promise<void>;
  read(conversationId: string): void;
  isTyping(conversationId: string, now: boolean): void;
}

function partsOf(message: PendingMessage): SentPart[] {
  const text: SentPart[] = message.text === "" ? [] : [{ type: "text", text: message.text }];
  return [...text, ...message.files.map(({ fileId }): SentPart => ({ type: "file", fileId }))];
}

/** What an open conversation does. */
export function createThreadActions(parts: DeskParts): ThreadActions {
  const { store, call } = parts;
  const sending = new Map<string, Promise<unknown>>();
  const filling = new Map<string, Promise<void>>();
  const toldTyping = new Map<string, number>();

  const change = (id: string, apply: Parameters<typeof withThread>[2]): void =>
    store.update((state) => withThread(state, id, apply));

  function saveOutbox(): void {
    const unsent = [...store.get().threads].filter(([, thread]) => thread.pending.length > 0);
    parts.storage.writeOutbox(new Map(unsent.map(([id, thread]) => [id, thread.pending])));
  }

  async function fill(id: string): Promise<void> {
    for (;;) {
      const state = store.get();
      const after = gapAfter(threadOf(state, id), state.rows.get(id)?.lastSeq ?? 0);
      if (after === undefined) {
        return;
      }
      const page = await call(listMessages, { params: { id }, query: { afterSeq: after, limit: GAP_PAGE } });
      change(id, (thread) => mergeMessages(thread, page.items));
      if (page.items.length === 0 || lastSeqOf(threadOf(store.get(), id)) === after) {
        return;
      }
    }
  }

  async function loadNewest(id: string): Promise<void> {
    change(id, (thread) => (thread.status === "ready" ? thread : { ...thread, status: "loading", problem: "" }));
    try {
      const page = await call(listMessages, { params: { id }, query: { limit: PAGE } });
      change(id, (thread) => mergeNewest(thread, page));
    } catch (error) {
      const problem = detailOf(error);
      change(id, (thread) => (thread.status === "ready" ? thread : { ...thread, status: "failed", problem }));
    }
  }

  async function post(id: string, message: PendingMessage): Promise<boolean> {
    const body = { clientId: message.clientId, visibility: message.visibility, parts: partsOf(message) };
    try {
      const stored = await call(postReply, { params: { id }, body });
      change(id, (thread) => mergeMessages(thread, [stored]));
      return true;
    } catch (error) {
      const detail = error instanceof RequestFailed && !error.retryable ? detailOf(error) : "";
      change(id, (thread) => changePending(thread, message.clientId, { state: "failed", detail }));
      return false;
    } finally {
      saveOutbox();
    }
  }

  /** One after the other, so that the customer reads them in the order in which they were written. */
  function queue(id: string, message: PendingMessage): Promise<boolean> {
    change(id, (thread) => addPending(thread, message));
    saveOutbox();
    const sent = (sending.get(id) ?? Promise.resolve()).then(() => post(id, message));
    sending.set(id, sent);
    return sent;
  }

  const actions: ThreadActions = {
    async load(id) {
      const { status } = threadOf(store.get(), id);
      if (status === "idle" || status === "failed") {
        await loadNewest(id);
      }
      await actions.fillGap(id);
    },
    async loadOlder(id) {
      const { hasOlder, loadingOlder, messages } = threadOf(store.get(), id);
      const first = messages[0]?.seq;
      if (!hasOlder || loadingOlder || first === undefined) {
        return;
      }
      change(id, (thread) => ({ ...thread, loadingOlder: true }));
      try {
        const page = await call(listMessages, { params: { id }, query: { beforeSeq: first, limit: PAGE } });
        change(id, (thread) => mergeOlder(thread, page));
      } catch {
        // Scrolling up asks again.
        change(id, (thread) => ({ ...thread, loadingOlder: false }));
      }
    },
    async loadBackTo(id, seq) {
      await actions.load(id);
      for (;;) {
        const first = threadOf(store.get(), id).messages[0]?.seq;
        if (first === undefined) {
          return false;
        }
        if (first <= seq) {
          return true;
        }
        const limit = Math.min(GAP_PAGE, Math.max(PAGE, first - seq + PAGE / 2));
        const page = await call(listMessages, { params: { id }, query: { beforeSeq: first, limit } });
        change(id, (thread) => mergeOlder(thread, page));
        if (threadOf(store.get(), id).messages[0]?.seq === first) {
          return false;
        }
      }
    },
    fillGap(id) {
      const running =
        filling.get(id) ??
        fill(id)
          // The next push, or the next resync, sees the same gap again.
          .catch(() => undefined)
          .finally(() => filling.delete(id));
      filling.set(id, running);
      return running;
    },
    take(id, messages) {
      change(id, (thread) => mergeMessages(thread, messages));
      if (threadOf(store.get(), id).ahead.length > 0) {
        actions.fillGap(id);
      }
      saveOutbox();
    },
    send(id, { text, files, visibility }) {
      const createdAt = parts.now().toISOString();
      const clientId = parts.newClientId();
      return queue(id, { clientId, visibility, text, files, createdAt, state: "sending", detail: "" });
    },
    async retry(id, clientId) {
      const message = threadOf(store.get(), id).pending.find((candidate) => candidate.clientId === clientId);
      return message === undefined || message.state === "sending"
        ? false
        : queue(id, { ...message, state: "sending", detail: "" });
    },
    retryUnsent() {
      for (const [id, thread] of store.get().threads) {
        for (const message of thread.pending) {
          if (message.state === "failed" && message.detail === "") {
            actions.retry(id, message.clientId);
          }
        }
      }
    },
    discard(id, clientId) {
      change(id, (thread) => dropPending(thread, clientId));
      saveOutbox();
    },
    async recall(id, messageId) {
      const message = await call(recallMessage, { params: { id, messageId } });
      change(id, (thread) => mergeMessages(thread, [message]));
    },
    read(id) {
      const row = store.get().rows.get(id);
      const seq = lastSeqOf(threadOf(store.get(), id));
      if (row?.assignee?.id !== parts.agent.id || seq <= row.agentReadSeq) {
        return;
      }
      store.update((state) => ({
        ...state,
        rows: new Map(state.rows).set(id, { ...row, agentReadSeq: seq, unreadCount: 0 }),
      }));
      // What was not marked now is marked when the conversation is looked at again.
      call(markRead, { params: { id }, body: { seq } }).catch(() => undefined);
    },
    isTyping(id, now) {
      const at = parts.now().getTime();
      if (now ? at - (toldTyping.get(id) ?? 0) < TYPING_EVERY : !toldTyping.has(id)) {
        return;
      }
      if (now) {
        toldTyping.set(id, at);
      } else {
        toldTyping.delete(id);
      }
      // A hint that is kept nowhere.
      call(typing, { params: { id }, body: { typing: now } }).catch(() => undefined);
    },
  };
  return actions;
}
