import type { ConversationCounts, ConversationSummary, ConversationTab } from "@/lib/conversations/schema";
import type { SearchFilters } from "@/lib/conversations/search-schema";
import type { Presence } from "@/lib/identity/schema";
import { type Boundary, belongsTo, type Rows } from "./rows";
import { EMPTY_THREAD, type Thread } from "./thread";

/** Where the agent is; the address bar tells the same. */
export interface Place {
  readonly tab: ConversationTab;
  readonly conversationId: string | undefined;
  /** Words that messages are searched for. */
  readonly query: string;
  readonly filters?: SearchFilters | undefined;
  /** The message of the conversation that is looked at. */
  readonly at?: number | undefined;
}

export interface TabState {
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly boundary: Boundary;
  readonly nextCursor: string | null;
  readonly loadingMore: boolean;
}

/** A bot's answer while it is being written: pieces by their index. */
export interface Answer {
  readonly answerId: string;
  readonly pieces: readonly string[];
}

export interface DeskState {
  readonly place: Place;
  readonly rows: Rows;
  readonly tabs: Readonly<Record<ConversationTab, TabState>>;
  readonly counts: ConversationCounts;
  readonly threads: ReadonlyMap<string, Thread>;
  /** Conversations whose visitor is typing. */
  readonly visitorTyping: ReadonlySet<string>;
  /** What their visitors are writing and have not sent, where the merchant has it shown. */
  readonly visitorWriting: ReadonlyMap<string, string>;
  /** Colleagues who are typing, by conversation. */
  readonly colleagueTyping: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, Answer>;
  /** Conversations that do not exist for this agent. */
  readonly missing: ReadonlySet<string>;
  readonly presence: Presence;
  /** Raised when a colleague came or went: lists of colleagues are then asked for anew. */
  readonly colleaguesChanged: number;
  /** Raised when answers of the bot wait for an agent, or wait no longer. */
  readonly draftsChanged: number;
  /** Raised when there is something new to know of, or another tab read it. */
  readonly notificationsChanged: number;
  /** Raised when a conversation is held out to the agent or by them, or was answered. */
  readonly offersChanged: number;
  /** Raised when the visitor of an open conversation looks at another page. */
  readonly pageChanged: number;
  /** Raised when a ticket was made, changed or commented on. */
  readonly ticketsChanged: number;
  /** Raised when somebody began or ended to help with a conversation. */
  readonly collaboratorsChanged: number;
  readonly connection: "connecting" | "connected" | "lost";
  readonly signedOut: boolean;
}

const UNLOADED: TabState = { status: "idle", boundary: undefined, nextCursor: null, loadingMore: false };

/** What the server rendered the page from. */
export interface FirstData {
  readonly place: Place;
  readonly presence: Presence;
  readonly list: {
    readonly items: readonly ConversationSummary[];
    readonly nextCursor: string | null;
    readonly counts: ConversationCounts;
  };
  /** The conversation of the address, when there is one; null when it does not exist for this agent. */
  readonly opened: { readonly row: ConversationSummary; readonly thread: Thread } | null;
}

export function tabAfterPage(items: readonly ConversationSummary[], nextCursor: string | null): TabState {
  const last = items.at(-1);
  const boundary = nextCursor !== null && last ? { row: last } : undefined;
  return { status: "ready", boundary, nextCursor, loadingMore: false };
}

export function initialState(first: FirstData): DeskState {
  const { place, list, opened } = first;
  const rows = new Map(list.items.map((row) => [row.id, row]));
  if (opened) {
    rows.set(opened.row.id, opened.row);
  }
  const tabs = { mine: UNLOADED, involved: UNLOADED, queued: UNLOADED, all: UNLOADED, ended: UNLOADED };
  const missing = place.conversationId !== undefined && opened === null ? [place.conversationId] : [];
  return {
    place,
    rows,
    tabs: { ...tabs, [place.tab]: tabAfterPage(list.items, list.nextCursor) },
    counts: list.counts,
    threads: new Map(opened ? [[opened.row.id, opened.thread]] : []),
    visitorTyping: new Set(),
    visitorWriting: new Map(),
    colleagueTyping: new Map(),
    answers: new Map(),
    missing: new Set(missing),
    presence: first.presence,
    colleaguesChanged: 0,
    draftsChanged: 0,
    notificationsChanged: 0,
    pageChanged: 0,
    ticketsChanged: 0,
    collaboratorsChanged: 0,
    offersChanged: 0,
    connection: "connecting",
    signedOut: false,
  };
}

export function threadOf(state: DeskState, conversationId: string): Thread {
  return state.threads.get(conversationId) ?? EMPTY_THREAD;
}

export function withThread(state: DeskState, conversationId: string, change: (thread: Thread) => Thread): DeskState {
  const before = threadOf(state, conversationId);
  const after = change(before);
  return after === before ? state : { ...state, threads: new Map(state.threads).set(conversationId, after) };
}

export function withTab(state: DeskState, tab: ConversationTab, change: Partial<TabState>): DeskState {
  return { ...state, tabs: { ...state.tabs, [tab]: { ...state.tabs[tab], ...change } } };
}

const COUNTED = ["mine", "involved", "queued", "all"] as const;

/** The numbers beside the tabs after rows moved between them. */
export function countsAfter(
  counts: ConversationCounts,
  before: Rows,
  after: Rows,
  ids: readonly string[],
  agentId: string,
): ConversationCounts {
  const next = { ...counts };
  for (const id of ids) {
    const [old, fresh] = [before.get(id), after.get(id)];
    for (const tab of COUNTED) {
      const was = old !== undefined && belongsTo(tab, old, agentId);
      const is = fresh !== undefined && belongsTo(tab, fresh, agentId);
      next[tab] = Math.max(0, next[tab] + Number(is) - Number(was));
    }
  }
  return next;
}
