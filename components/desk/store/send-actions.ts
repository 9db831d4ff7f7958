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
}

export interface SendActions {
  /** Shows the message at once and sends it. @returns true when the server has it */
  send(conversationId: string, reply: Reply): Promise<boolean>;
  retry(conversationId: string, clientId: string): Promise<boolean>;
  /** Sends again what failed for want of a connection. */
  retryUnsent(): void;
  discard(conversationId: string, clientId: string): void;
  /** Keeps what is not sent yet over a reload. */
  saveOutbox(): void;
}

function partsOf(message: PendingMessage): SentPart[] {
  const text: SentPart[] = message.text === "" ? [] : [{ type: "text", text: message.text }];
  const quote: SentPart[] = message.quote ? [{ type: "quote", messageId: message.quote.messageId }] : [];
  return [...quote, ...text, ...message.files.map(({ fileId }): SentPart => ({ type: "file", fileId }))];
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

/** After this time a message that no answer came to is sent again, in milliseconds. */
const RETRY_AFTER = 5_000;

/** Sends messages. A retry carries the same clientId, so the server makes one message of both. */
export function createSendActions(parts: DeskParts): SendActions {
  const { store, storage, newClientId, now } = parts;
  const post = createPost(parts);
  const sending = new Map<string, Promise<unknown>>();

  function saveOutbox(): void {
    const unsent = [...store.get().threads].filter(([, thread]) => thread.pending.length > 0);
    storage.writeOutbox(new Map(unsent.map(([id, thread]) => [id, thread.pending])));
  }

  /** One after the other, so that the customer reads them in the order in which they were written. */
  function queue(id: string, message: PendingMessage): Promise<boolean> {
    store.update((state) => withThread(state, id, (thread) => addPending(thread, message)));
    saveOutbox();
    const sent = (sending.get(id) ?? Promise.resolve()).then(() => post(id, message)).finally(saveOutbox);
    sending.set(id, sent);
    sent.then((arrived) => {
      const waits = threadOf(store.get(), id).pending.some(
        (each) => each.clientId === message.clientId && each.detail === "",
      );
      if (!arrived && waits) {
        setTimeout(() => void actions.retry(id, message.clientId), RETRY_AFTER);
      }
    });
    return sent;
  }

  /** Sends again, in the order of writing, what failed for want of a connection. */
  function retryIn(id: string): void {
    for (const message of threadOf(store.get(), id).pending) {
      if (message.state === "failed" && message.detail === "") {
        actions.retry(id, message.clientId);
      }
    }
  }

  const actions: SendActions = {
    send(id, { text, files, visibility, quote }) {
      // What waits was written first: it goes first, though its next try would come later.
      retryIn(id);
      return queue(id, {
        clientId: newClientId(),
        visibility,
        text,
        files,
        quote,
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
    discard(id, clientId) {
      store.update((state) => withThread(state, id, (thread) => dropPending(thread, clientId)));
      saveOutbox();
    },
    saveOutbox,
  };
  return actions;
}
