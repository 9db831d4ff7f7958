import type { Message, VisitorConversation } from "@/lib/conversations/schema";
import type { RealtimeEvents } from "@/lib/events/realtime";
import { withDelta } from "./answer-streams";
import type { ChatState } from "./chat-state";

/** Somebody who said that they type is believed for so long, in milliseconds. */
const TYPING_MS = 6_000;

export function afterTyping(state: ChatState, data: RealtimeEvents["typing"], now: number): Partial<ChatState> {
  if (data.side === "visitor" || data.conversationId !== state.conversation?.id) {
    return {};
  }
  return { typist: data.typing ? { side: data.side, name: data.name ?? null, until: now + TYPING_MS } : null };
}

export function afterRead(state: ChatState, data: RealtimeEvents["read"]): Partial<ChatState> {
  const { conversation } = state;
  if (data.side !== "agent" || data.conversationId !== conversation?.id || data.seq <= conversation.agentReadSeq) {
    return {};
  }
  return { conversation: { ...conversation, agentReadSeq: data.seq } };
}

export function afterDelta(state: ChatState, data: RealtimeEvents["answer.delta"], now: number): Partial<ChatState> {
  const isHere = state.messages.some((message) => message.clientId === data.answerId);
  return isHere || data.conversationId !== state.conversation?.id
    ? {}
    : { streams: withDelta(state.streams, data, now), typist: null };
}

/**
 * The newer of two states of a conversation. Answers may overtake each other; every change of status writes a line, so
 * a higher `lastSeq` is later.
 */
export function newerConversation(
  known: VisitorConversation | null,
  incoming: VisitorConversation | null,
): VisitorConversation | null {
  if (!incoming || !known || known.id < incoming.id) {
    return incoming ?? known;
  }
  if (known.id > incoming.id || incoming.lastSeq < known.lastSeq) {
    return known;
  }
  return {
    ...incoming,
    agentReadSeq: Math.max(known.agentReadSeq, incoming.agentReadSeq),
    rated: incoming.rated || (known.rated && known.status === incoming.status),
  };
}

/**
 * What unread marks become when messages come in.
 *
 * @param attentive true while the visitor has the end of the thread before their eyes
 */
export function afterArrival(state: ChatState, arrived: readonly Message[], attentive: boolean): Partial<ChatState> {
  const others = arrived.filter((message) => message.author.kind === "agent" || message.author.kind === "bot");
  const [first] = others;
  if (!first || attentive) {
    return {};
  }
  return {
    unread: state.unread + others.length,
    unreadFrom: state.unread > 0 ? state.unreadFrom : first.id,
  };
}
