import { listMessages, markRead, recallMessage, typing } from "@/lib/conversations/contracts";
import type { Message } from "@/lib/conversations/schema";
import type { DeskParts } from "./desk-parts";
import { createLoadActions, type LoadActions } from "./load-actions";
import { createSendActions, type SendActions } from "./send-actions";
import { threadOf, withThread } from "./state";
import { lastSeqOf, mergeMessages } from "./thread";

/** How often "is typing" is told again, in milliseconds. */
const TYPING_EVERY = 3_000;

export interface ThreadActions extends LoadActions, SendActions {
  /** Takes messages that were pushed. */
  take(conversationId: string, messages: readonly Message[]): void;
  /** Fetches one message whose change was too long for a push. */
  takeAnew(conversationId: string, seq: number): void;
  /** @throws RequestFailed when it is too late */
  recall(conversationId: string, messageId: string): Promise<void>;
  /** Marks as read what is there; only the assignee's reading counts. */
  read(conversationId: string): void;
  isTyping(conversationId: string, now: boolean): void;
}

/** What an open conversation does. */
export function createThreadActions(parts: DeskParts): ThreadActions {
  const { store, call } = parts;
  const toldTyping = new Map<string, number>();
  const loading = createLoadActions(parts);
  const sending = createSendActions(parts);
  return {
    ...loading,
    ...sending,
    take(id, messages) {
      store.update((state) => withThread(state, id, (thread) => mergeMessages(thread, messages)));
      if (threadOf(store.get(), id).ahead.length > 0) {
        loading.fillGap(id);
      }
      sending.saveOutbox();
    },
    takeAnew(id, seq) {
      call(listMessages, { params: { id }, query: { beforeSeq: seq + 1, limit: 1 } })
        .then(({ items }) => store.update((state) => withThread(state, id, (thread) => mergeMessages(thread, items))))
        // It shows as it was until the conversation is loaded again.
        .catch(() => undefined);
    },
    async recall(id, messageId) {
      const message = await call(recallMessage, { params: { id, messageId } });
      store.update((state) => withThread(state, id, (thread) => mergeMessages(thread, [message])));
    },
    read(id) {
      const row = store.get().rows.get(id);
      const seq = lastSeqOf(threadOf(store.get(), id));
      if (row?.assignee?.id !== parts.agent.id || seq <= row.agentReadSeq) {
        return;
      }
      const read = { ...row, agentReadSeq: seq, unreadCount: 0 };
      store.update((state) => ({ ...state, rows: new Map(state.rows).set(id, read) }));
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
}
