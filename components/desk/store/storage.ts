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
  readonly quote?: QuotePart | undefined;
}

export interface DeskStorage {
  readDraft(conversationId: string): Draft | undefined;
  /** Empty text removes the draft. */
  writeDraft(conversationId: string, draft: Draft): void;
  draftIds(): readonly string[];
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

/** Drafts and unsent messages of one agent, kept over reloads. Colleagues on the same computer do not see them. */
export function createDeskStorage(storage: KeyValueStorage | undefined, agentId: string): DeskStorage {
  const draftKey = `yingda.desk.drafts.${agentId}`;
  const outboxKey = `yingda.desk.outbox.${agentId}`;
  const drafts = readRecord<Draft>(storage, draftKey);
  return {
    readDraft: (conversationId) => drafts.get(conversationId),
    writeDraft(conversationId, draft) {
      if (draft.text === "") {
        drafts.delete(conversationId);
      } else {
        drafts.set(conversationId, draft);
      }
      writeRecord(storage, draftKey, drafts);
    },
    draftIds: () => [...drafts.keys()],
    readOutbox: () => readRecord<readonly PendingMessage[]>(storage, outboxKey),
    writeOutbox: (outbox) => writeRecord(storage, outboxKey, outbox),
  };
}
