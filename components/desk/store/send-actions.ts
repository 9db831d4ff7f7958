import { postReply } from "@/lib/conversations/contracts";
import type { QuotePart, SentPart } from "@/lib/conversations/schema";
import { RequestFailed } from "@/lib/platform/http/client";
import { type DeskParts, detailOf } from "./desk-parts";
import { threadOf, withThread } from "./state";
import { addPending, changePending, dropPending, mergeMessages, type PendingFile, type PendingMessage } from "./thread";

export interface Reply {
  readonly text: string;
  readonly files: readonly PendingFile[];
  readonly visibility: "public" | "internal";
  readonly quote?: QuotePart | undefined;
  readonly mentions?: readonly string[];
  readonly whisper?: boolean;
}

export interface SendActions {
  /** Shows the message at once and sends it. @returns true when the server has it */
  send(conversationId: string, reply: Reply): Promise<boolean>;
  retry(conversationId: string, clientId: string): Promise<boolean>;
  /** When nothing is on its way in a conversation any more, whatever became of it. */
  tried(conversationId: string): Promise<void>;
  /** Sends again what failed for want of a connection. */
  retryUnsent(): void;
  discard(conversationId: string, clientId: string): void;
  /** Keeps what is not sent yet over a reload. */
  saveOutbox(): void;
}

function partsOf(message: PendingMessage): SentPart[] {
  const text: SentPart[] = message.text === "" ? [] : [{ type: "text", text: message.text }];
  const quote: SentPart[] = message.quote ? [{ type: "quote", messageId: message.quote.messageId }] : [];
  const mentions = (message.mentions ?? []).map((agentId): SentPart => ({ type: "mention", agentId }));
  const files = message.files.map(({ fileId }): SentPart => ({ type: "file", fileId }));
  const whisper: SentPart[] = message.whisper ? [{ type: "whisper" }] : [];
  return [...quote, ...text, ...files, ...mentions, ...whisper];
}

/** Sends one message and takes what the server stored, or notes why it did not. */
function createPost({ store, call }: DeskParts): (id: string, message: PendingMessage) => Promise<boolean> {
  return async (id, message) => {
    const body = { clientId: message.clientId, visibility: message.visibility, parts: partsOf(message) };
    try {
      const stored = await call(postReply, { params: { id }, body });
      store.update((state) => withThread(state, id, (thread) => mergeMessages(thread, [stored])));
      return true;
    } catch (error) {
      const refused = error instanceof RequestFailed && !error.retryable;
      const detail = refused ? detailOf(error) || error.problem.reason : "";
      const failed = { state: "failed", detail } as const;
      store.update((state) => withThread(state, id, (thread) => changePending(thread, message.clientId, failed)));
      return false;
    }
  };
}

/** Failed for want of a connection: sending it again may help. A refused one has its reason. */
function isUnsent({ state, detail }: PendingMessage): boolean {
  return state === "failed" && detail === "";
}

/** After this time a message that no answer came to is sent again, in milliseconds. */
const RETRY_AFTER = 5_000;

/** What is sent goes one after the other, so that the customer reads it in the order in which it was written. */
function createQueue(parts: DeskParts, sending: Map<string, Promise<unknown>>, saveOutbox: () => void) {
  const { store } = parts;
  const post = createPost(parts);

  return function queue(id: string, message: PendingMessage): Promise<boolean> {
    store.update((state) => withThread(state, id, (thread) => addPending(thread, message)));
    saveOutbox();
    const sent = (sending.get(id) ?? Promise.resolve()).then(() => post(id, message)).finally(saveOutbox);
    sending.set(id, sent);
    return sent;
  };
}

/** Sends messages. A retry carries the same clientId, so the server makes one message of both. */
export function createSendActions(parts: DeskParts): SendActions {
  const { store, storage, newClientId, now } = parts;

  function saveOutbox(): void {
    const unsent = [...store.get().threads].filter(([, thread]) => thread.pending.length > 0);
    storage.writeOutbox(new Map(unsent.map(([id, thread]) => [id, thread.pending])));
  }

  const sending = new Map<string, Promise<unknown>>();
  const enqueue = createQueue(parts, sending, saveOutbox);

  /** Sends, and again by itself when no answer came. */
  async function queue(id: string, message: PendingMessage): Promise<boolean> {
    const arrived = await enqueue(id, message);
    const { pending } = threadOf(store.get(), id);
    if (!arrived && pending.some((each) => each.clientId === message.clientId && isUnsent(each))) {
      setTimeout(() => void actions.retry(id, message.clientId), RETRY_AFTER);
    }
    return arrived;
  }

  const retryIn = (id: string): void => {
    for (const { clientId } of threadOf(store.get(), id).pending.filter(isUnsent)) {
      actions.retry(id, clientId);
    }
  };

  const actions: SendActions = {
    send(id, reply) {
      // What waits was written first: it goes first, though its next try would come later.
      retryIn(id);
      return queue(id, {
        ...reply,
        clientId: newClientId(),
        createdAt: now().toISOString(),
        state: "sending",
        detail: "",
      });
    },
    async retry(id, clientId) {
      const message = threadOf(store.get(), id).pending.find((candidate) => candidate.clientId === clientId);
      return message?.state === "failed" ? queue(id, { ...message, state: "sending", detail: "" }) : false;
    },
    retryUnsent() {
      for (const id of store.get().threads.keys()) {
        retryIn(id);
      }
    },
    async tried(id) {
      await sending.get(id);
    },
    discard(id, clientId) {
      store.update((state) => withThread(state, id, (thread) => dropPending(thread, clientId)));
      saveOutbox();
    },
    saveOutbox,
  };
  return actions;
}
