import {
  claimConversation,
  reopenConversation,
  resolveConversation,
  transferConversation,
} from "@/lib/conversations/contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { switchTranslation } from "@/lib/conversations/translation-contracts";
import { setPriority, snoozeConversation, wakeConversation } from "@/lib/conversations/triage-contracts";
import { setPresence } from "@/lib/identity/contracts";
import type { Presence } from "@/lib/identity/schema";
import type { ContractRequest } from "@/lib/platform/http/contract";
import { type Call, callNotingSession, type DeskAgent, type DeskParts } from "./desk-parts";
import { createEventHandlers, type EventHandlers } from "./event-handlers";
import { createListActions, type ListActions } from "./list-actions";
import type { News } from "./news";
import { type DeskState, type FirstData, initialState, type Place, withThread } from "./state";
import type { DeskStorage } from "./storage";
import { createStore, type Store } from "./store";
import { createThreadActions, type ThreadActions } from "./thread-actions";

export type TransferBody = ContractRequest<typeof transferConversation>["body"];

/** Everything that the desk's components work with; no React inside. */
export interface Desk {
  readonly store: Store<DeskState>;
  readonly agent: DeskAgent;
  readonly call: Call;
  readonly storage: DeskStorage;
  readonly list: ListActions;
  readonly threads: ThreadActions;
  readonly events: EventHandlers;
  /** Takes back what this browser kept over a reload. */
  restore(): void;
  /** Goes somewhere; the caller keeps the address bar in step. */
  go(place: Partial<Place>): void;
  claim(id: string): Promise<void>;
  transfer(id: string, body: TransferBody): Promise<void>;
  resolve(id: string): Promise<void>;
  reopen(id: string): Promise<void>;
  /** Puts aside until a time, or (null) until the customer writes. */
  snooze(id: string, until: string | null): Promise<void>;
  wake(id: string): Promise<void>;
  /** @param priority 0 low to 3 urgent */
  prioritise(id: string, priority: number): Promise<void>;
  /** Has the conversation translated for each side, or leaves it as it is written. */
  translate(id: string, on: boolean): Promise<void>;
  setPresence(status: Presence): Promise<void>;
  /** Fetches what was missed while no push came, and sends what could not be sent. */
  resync(): void;
  setConnection(connection: DeskState["connection"]): void;
  /** Tells of new work. @returns what ends it */
  onNews(listener: (news: News) => void): () => void;
}

export interface DeskOptions {
  readonly agent: DeskAgent;
  readonly first: FirstData;
  readonly call: Call;
  readonly storage: DeskStorage;
  readonly newClientId: () => string;
  readonly now?: () => Date;
}

/** Messages that a reload interrupted come back as unsent: the same clientId makes sending them again safe. */
function restoreOutbox(state: DeskState, storage: DeskStorage): DeskState {
  return [...storage.readOutbox()].reduce(
    (next, [id, pending]) =>
      withThread(next, id, (thread) => ({
        ...thread,
        pending: pending.map((message) => ({ ...message, state: "failed" as const })),
      })),
    state,
  );
}

/** Claiming, handing on, solving, opening again: the server's row is taken at once, before its push comes. */
function createConversationActions(
  { call }: DeskParts,
  list: ListActions,
  threads: ThreadActions,
): Pick<Desk, "claim" | "transfer" | "resolve" | "reopen" | "snooze" | "wake" | "prioritise" | "translate"> {
  const change = async (id: string, row: Promise<ConversationSummary>): Promise<void> => {
    list.takeRows([await row]);
    await threads.fillGap(id);
  };
  /** What ends the agent's say waits for what they have just said: overtaken, it would be refused. */
  const leave = async (id: string, ask: () => Promise<ConversationSummary>): Promise<void> => {
    await threads.tried(id);
    await change(id, ask());
  };
  return {
    claim: (id) => change(id, call(claimConversation, { params: { id } })),
    transfer: (id, body) => leave(id, () => call(transferConversation, { params: { id }, body })),
    resolve: (id) => leave(id, () => call(resolveConversation, { params: { id } })),
    reopen: (id) => change(id, call(reopenConversation, { params: { id } })),
    snooze: (id, until) => change(id, call(snoozeConversation, { params: { id }, body: { until } })),
    wake: (id) => change(id, call(wakeConversation, { params: { id } })),
    translate: (id, on) => change(id, call(switchTranslation, { params: { id }, body: { on } })),
    prioritise: (id, priority) => change(id, call(setPriority, { params: { id }, body: { priority } })),
  };
}

/** Shows the new state at once, and the old one again when the server did not take it. */
function createSetPresence({ store, call }: DeskParts): Desk["setPresence"] {
  return async (status) => {
    const before = store.get().presence;
    store.update((state) => ({ ...state, presence: status }));
    try {
      await call(setPresence, { body: { status } });
    } catch (error) {
      store.update((state) => ({ ...state, presence: before }));
      throw error;
    }
  };
}

function createParts(options: DeskOptions, listeners: ReadonlySet<(news: News) => void>): DeskParts {
  const store = createStore(initialState(options.first));
  return {
    store,
    call: callNotingSession({ store }, options.call),
    agent: options.agent,
    storage: options.storage,
    newClientId: options.newClientId,
    now: options.now ?? (() => new Date()),
    tell(news) {
      for (const listener of listeners) {
        listener(news);
      }
    },
  };
}

/** A desk for one agent, from what the server rendered. */
export function createDesk(options: DeskOptions): Desk {
  const listeners = new Set<(news: News) => void>();
  const parts = createParts(options, listeners);
  const { store, call, agent, storage } = parts;
  const list = createListActions(parts);
  const threads = createThreadActions(parts);
  return {
    store,
    agent,
    call,
    storage,
    list,
    threads,
    events: createEventHandlers(parts, list, threads),
    ...createConversationActions(parts, list, threads),
    setPresence: createSetPresence(parts),
    restore: () => store.update((state) => restoreOutbox(state, storage)),
    go: (place) =>
      store.update((state) => {
        // A message is looked at in its own conversation only.
        const at = "conversationId" in place || "at" in place ? place.at : state.place.at;
        return { ...state, place: { ...state.place, ...place, at } };
      }),
    resync() {
      list.resync();
      const open = store.get().place.conversationId;
      if (open !== undefined) {
        list.fetchRow(open).then(() => threads.load(open));
      }
      threads.retryUnsent();
    },
    setConnection: (connection) =>
      store.update((state) => (state.connection === connection ? state : { ...state, connection })),
    onNews(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
