import type { QuotePart } from "@/lib/conversations/schema";
import type { PendingMessage } from "./thread";

/** The part of the browser's storage that the desk uses; a test gives a plain map. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What an agent had begun to write. */
export interface Draft {
  readonly text: string;
  readonly note: boolean;
  /** Advice for the assignee instead of a note for all. */
  readonly whisper?: boolean;
  readonly quote?: QuotePart | undefined;
  /** Ids of colleagues by the name that stands in the text. */
  readonly mentions?: Readonly<Record<string, string>>;
}

export interface DeskStorage {
  readDraft(conversationId: string): Draft | undefined;
  /** Empty text removes the draft. */
  writeDraft(conversationId: string, draft: Draft): void;
  readOutbox(): ReadonlyMap<string, readonly PendingMessage[]>;
  writeOutbox(outbox: ReadonlyMap<string, readonly PendingMessage[]>): void;
}

function readRecord<Value>(storage: KeyValueStorage | undefined, key: string): Map<string, Value> {
  try {
    const parsed: unknown = JSON.parse(storage?.getItem(key) ?? "{}");
    return new Map(Object.entries(typeof parsed === "object" && parsed !== null ? parsed : {}) as [string, Value][]);
  } catch {
    // Not ours, or cut off: an unreadable draft is no reason to show no desk.
    return new Map();
  }
}

function writeRecord(storage: KeyValueStorage | undefined, key: string, record: ReadonlyMap<string, unknown>): void {
  try {
    if (record.size === 0) {
      storage?.removeItem(key);
    } else {
      storage?.setItem(key, JSON.stringify(Object.fromEntries(record)));
    }
  } catch {
    // Full or forbidden: drafts then live as long as the page.
  }
}

interface Unsent {
  readonly conversationId: string;
  readonly message: PendingMessage;
}

/**
 * What this page has not sent, by the client's id. Other tabs of the same desk keep theirs in the same place: a page
 * removes only what it has put there or taken over, or a tab that sends would make another forget what it has not sent.
 */
function createOutbox(storage: KeyValueStorage | undefined, key: string) {
  const own = new Set<string>();
  return {
    read(): ReadonlyMap<string, readonly PendingMessage[]> {
      const byConversation = new Map<string, PendingMessage[]>();
      for (const [clientId, { conversationId, message }] of readRecord<Unsent>(storage, key)) {
        own.add(clientId);
        byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), message]);
      }
      return byConversation;
    },
    write(outbox: ReadonlyMap<string, readonly PendingMessage[]>): void {
      const record = readRecord<Unsent>(storage, key);
      for (const clientId of own) {
        record.delete(clientId);
      }
      own.clear();
      for (const [conversationId, messages] of outbox) {
        for (const message of messages) {
          own.add(message.clientId);
          record.set(message.clientId, { conversationId, message });
        }
      }
      writeRecord(storage, key, record);
    },
  };
}

/**
 * Drafts and unsent messages of one agent, kept over reloads. Colleagues on the same computer do not see them; several
 * tabs of one agent share them, so each write begins from what stands there now.
 */
export function createDeskStorage(storage: KeyValueStorage | undefined, agentId: string): DeskStorage {
  const draftKey = `yingda.desk.drafts.${agentId}`;
  const outbox = createOutbox(storage, `yingda.desk.unsent.${agentId}`);
  const drafts = () => readRecord<Draft>(storage, draftKey);
  return {
    readDraft: (conversationId) => drafts().get(conversationId),
    writeDraft(conversationId, draft) {
      const record = drafts();
      if (draft.text === "") {
        record.delete(conversationId);
      } else {
        record.set(conversationId, draft);
      }
      writeRecord(storage, draftKey, record);
    },
    readOutbox: outbox.read,
    writeOutbox: outbox.write,
  };
}
