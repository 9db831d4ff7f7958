import type { Message, MessagePart } from "@/lib/conversations/schema";
import { streamedText } from "../store/answer-streams";
import type { ChatState, Outgoing } from "../store/chat-state";
import { isQuotable } from "../store/quoting";

/** A pause longer than this gets a time above the next message, in milliseconds. */
const PAUSE_MS = 5 * 60_000;

export type NoticePart = Extract<MessagePart, { type: "notice" }>;

/** One line of the thread. `first` and `last` tell a bubble's place in its group. */
export type Row =
  | { readonly kind: "time"; readonly key: string; readonly at: number }
  | { readonly kind: "divider"; readonly key: string; readonly what: "unread" | "conversation" }
  | { readonly kind: "notice"; readonly key: string; readonly part: NoticePart }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: Message;
      readonly first: boolean;
      readonly last: boolean;
      /** Under the visitor's newest message only. */
      readonly mark: "sent" | "read" | null;
      /** The visitor's own newest message, young enough to be taken back. */
      readonly recallable: boolean;
      /** It can be answered to by itself. */
      readonly quotable: boolean;
      /** False once the visitor has written something after it: its choices are over. */
      readonly current: boolean;
    }
  | { readonly kind: "outgoing"; readonly key: string; readonly item: Outgoing; readonly first: boolean }
  | { readonly kind: "stream"; readonly key: string; readonly text: string };

function noticeOf(message: Message): NoticePart | undefined {
  return message.parts.find((part): part is NoticePart => part.type === "notice");
}

function sameAuthor(one: Message | undefined, other: Message | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    !noticeOf(one) &&
    !noticeOf(other) &&
    one.author.kind === other.author.kind &&
    one.author.id === other.author.id &&
    Math.abs(Date.parse(other.createdAt) - Date.parse(one.createdAt)) < PAUSE_MS
  );
}

function lastIndexBy(messages: readonly Message[], kind: Message["author"]["kind"]): number {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    if (messages[index]?.author.kind === kind) {
      return index;
    }
  }
  return -1;
}

function separators(message: Message, previous: Message | undefined, state: ChatState): Row[] {
  const rows: Row[] = [];
  if (previous && previous.conversationId !== message.conversationId) {
    rows.push({ kind: "divider", key: `new:${message.conversationId}`, what: "conversation" });
  }
  const at = Date.parse(message.createdAt);
  if (!previous || at - Date.parse(previous.createdAt) >= PAUSE_MS) {
    rows.push({ kind: "time", key: `time:${message.id}`, at });
  }
  if (message.id === state.unreadFrom) {
    rows.push({ kind: "divider", key: "unread", what: "unread" });
  }
  return rows;
}

function messageRow(messages: readonly Message[], index: number, lastOwn: number, state: ChatState): Row[] {
  const message = messages[index];
  if (!message) {
    return [];
  }
  // The key stays when an outgoing bubble or a stream becomes a message, so that its element stays, too.
  const key = message.clientId ?? message.id;
  const part = noticeOf(message);
  if (part) {
    return [{ kind: "notice", key, part }];
  }
  const isUnread = message.id === state.unreadFrom;
  const read = message.conversationId === state.conversation?.id && state.conversation.agentReadSeq >= message.seq;
  return [
    {
      kind: "message",
      key,
      message,
      first: isUnread || !sameAuthor(messages[index - 1], message),
      last: messages[index + 1]?.id === state.unreadFrom || !sameAuthor(message, messages[index + 1]),
      mark: index === lastOwn && state.outbox.length === 0 ? (read ? "read" : "sent") : null,
      // Not while a newer one is on its way: the button must never move from under the finger to another message.
      recallable: message.id === state.recallableId && index === lastOwn && state.outbox.length === 0,
      quotable: isQuotable(message, state),
      current: index > lastOwn && state.outbox.length === 0,
    },
  ];
}

/** Everything the thread shows, from top to bottom. */
export function timelineOf(state: ChatState): Row[] {
  const { messages, outbox, streams } = state;
  const lastOwn = lastIndexBy(messages, "visitor");
  const rows = messages.flatMap((message, index) => [
    ...separators(message, messages[index - 1], state),
    ...messageRow(messages, index, lastOwn, state),
  ]);
  const isOwnLast = messages.length > 0 && lastOwn === messages.length - 1;
  for (const [index, item] of outbox.entries()) {
    rows.push({ kind: "outgoing", key: item.clientId, item, first: index === 0 && !isOwnLast });
  }
  for (const stream of streams) {
    const text = streamedText(stream);
    if (text) {
      rows.push({ kind: "stream", key: stream.answerId, text });
    }
  }
  return rows;
}
