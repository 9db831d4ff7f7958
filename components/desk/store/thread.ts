import type { Message, QuotePart } from "@/lib/conversations/schema";
import { newerMessage } from "@/lib/core/message-version";

/** An upload or message on its way; it stands below the thread until the server's own copy arrives. */
export interface PendingMessage {
  readonly clientId: string;
  readonly visibility: "public" | "internal";
  readonly text: string;
  readonly files: readonly PendingFile[];
  readonly quote?: QuotePart | undefined;
  /** Ids of colleagues whom a note calls. */
  readonly mentions?: readonly string[];
  /** A note that advises the assignee. */
  readonly whisper?: boolean;
  readonly createdAt: string;
  readonly state: "sending" | "failed";
  /** Why it failed, translated by the server; empty when no answer came at all. */
  readonly detail: string;
}

export interface PendingFile {
  readonly fileId: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly url: string;
}

/** What is known of one conversation's messages. `messages` has no gap inside: each seq follows the one before. */
export interface Thread {
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly problem: string;
  readonly messages: readonly Message[];
  /** Came before their predecessors did; they move into `messages` when the gap is filled. */
  readonly ahead: readonly Message[];
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly pending: readonly PendingMessage[];
}

export const EMPTY_THREAD: Thread = {
  status: "idle",
  problem: "",
  messages: [],
  ahead: [],
  hasOlder: false,
  loadingOlder: false,
  pending: [],
};

const bySeq = (first: Message, second: Message): number => first.seq - second.seq;

export function lastSeqOf(thread: Thread): number {
  return thread.messages.at(-1)?.seq ?? 0;
}

function firstSeqOf(thread: Thread): number {
  return thread.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
}

/** Replaces messages that are shown already; returns the others. */
function replaceKnown(
  shown: readonly Message[],
  incoming: readonly Message[],
): { shown: readonly Message[]; fresh: Message[] } {
  const index = new Map(shown.map((message, position) => [message.seq, position]));
  const fresh: Message[] = [];
  let copy: Message[] | undefined;
  for (const message of incoming) {
    const position = index.get(message.seq);
    const known = position === undefined ? undefined : shown[position];
    if (position === undefined || known === undefined) {
      fresh.push(message);
    } else if (newerMessage(known, message) === message) {
      copy ??= [...shown];
      copy[position] = message;
    }
  }
  return { shown: copy ?? shown, fresh };
}

/** One copy of each message; what waits may have been taken back while it waited. */
function newestCopies(messages: readonly Message[]): Message[] {
  const copies = new Map<number, Message>();
  for (const message of messages) {
    const known = copies.get(message.seq);
    copies.set(message.seq, known === undefined ? message : newerMessage(known, message));
  }
  return [...copies.values()];
}

/** Takes from `waiting` what continues `shown` without a gap. */
function continueWith(
  shown: readonly Message[],
  waiting: readonly Message[],
): { shown: readonly Message[]; ahead: Message[] } {
  const result = [...shown];
  const ahead: Message[] = [];
  for (const message of newestCopies(waiting).sort(bySeq)) {
    const last = result.at(-1)?.seq ?? 0;
    if (message.seq === last + 1) {
      result.push(message);
    } else if (message.seq > last + 1) {
      ahead.push(message);
    }
  }
  return { shown: result, ahead };
}

function withoutSent(pending: readonly PendingMessage[], incoming: readonly Message[]): readonly PendingMessage[] {
  const sent = new Set(incoming.map(({ clientId }) => clientId));
  return pending.some(({ clientId }) => sent.has(clientId))
    ? pending.filter(({ clientId }) => !sent.has(clientId))
    : pending;
}

/**
 * Merges messages that were pushed, posted or fetched as a gap. Any order, any number of times: the same set of
 * messages always ends in the same thread. Messages older than what is shown come in by `mergeOlder` only.
 */
export function mergeMessages(thread: Thread, incoming: readonly Message[]): Thread {
  if (thread.status !== "ready") {
    return { ...thread, ahead: [...thread.ahead, ...incoming], pending: withoutSent(thread.pending, incoming) };
  }
  const { shown, fresh } = replaceKnown(thread.messages, incoming);
  const newest = fresh.filter((message) => message.seq > lastSeqOf(thread));
  const merged = continueWith(shown, [...thread.ahead, ...newest]);
  return {
    ...thread,
    messages: merged.shown,
    ahead: merged.ahead,
    pending: withoutSent(thread.pending, incoming),
  };
}

/** The seq after which messages are missing, when some came ahead of others or the row says there are more. */
export function gapAfter(thread: Thread, lastSeq: number): number | undefined {
  if (thread.status !== "ready") {
    return undefined;
  }
  const last = lastSeqOf(thread);
  return thread.ahead.length > 0 || lastSeq > last ? last : undefined;
}

/** The newest page, as the first look at a conversation or after a long time away. */
export function mergeNewest(
  thread: Thread,
  page: { readonly items: readonly Message[]; readonly hasMore: boolean },
): Thread {
  const first = page.items[0]?.seq;
  const connects = thread.messages.length > 0 && first !== undefined && first <= lastSeqOf(thread) + 1;
  const ready: Thread = { ...thread, status: "ready", problem: "" };
  if (connects) {
    return mergeMessages(ready, page.items);
  }
  // A page that does not reach what is shown would leave a hole: what is shown gives way, and can be loaded again.
  const fresh = { ...ready, messages: [...page.items].sort(bySeq), ahead: [], hasOlder: page.hasMore };
  return mergeMessages({ ...fresh, pending: withoutSent(thread.pending, page.items) }, thread.ahead);
}

/** Puts an older page in front. A page that does not touch what is shown is dropped: it answers a question of before. */
export function mergeOlder(
  thread: Thread,
  page: { readonly items: readonly Message[]; readonly hasMore: boolean },
): Thread {
  const older = page.items.filter((message) => message.seq < firstSeqOf(thread)).sort(bySeq);
  const last = older.at(-1);
  if (last !== undefined && last.seq + 1 !== firstSeqOf(thread)) {
    return { ...thread, loadingOlder: false };
  }
  return { ...thread, messages: [...older, ...thread.messages], hasOlder: page.hasMore, loadingOlder: false };
}

export function addPending(thread: Thread, message: PendingMessage): Thread {
  const others = thread.pending.filter(({ clientId }) => clientId !== message.clientId);
  const known = thread.messages.some(({ clientId }) => clientId === message.clientId);
  return known ? thread : { ...thread, pending: [...others, message] };
}

export function changePending(thread: Thread, clientId: string, change: Partial<PendingMessage>): Thread {
  return {
    ...thread,
    pending: thread.pending.map((message) => (message.clientId === clientId ? { ...message, ...change } : message)),
  };
}

export function dropPending(thread: Thread, clientId: string): Thread {
  return { ...thread, pending: thread.pending.filter((message) => message.clientId !== clientId) };
}
