import type { Message } from "@/lib/conversations/schema";
import { newerMessage } from "@/lib/core/message-version";

/** Conversation ids sort by time, and `seq` orders inside one: both together order everything a visitor sees. */
function inOrder(one: Message, other: Message): number {
  if (one.conversationId !== other.conversationId) {
    return one.conversationId < other.conversationId ? -1 : 1;
  }
  return one.seq - other.seq;
}

/**
 * Puts messages among those that are known. The same message twice, late or in any order gives the same result. Internal notes are never taken in.
 */
export function mergeMessages(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const visible = incoming.filter((message) => message.visibility === "public");
  if (visible.length === 0) {
    return known;
  }
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of visible) {
    const before = byId.get(message.id);
    byId.set(message.id, before === undefined ? message : newerMessage(before, message));
  }
  return [...byId.values()].sort(inOrder);
}

/** The oldest `seq` that is shown of a conversation; undefined when none is. */
export function firstSeq(messages: readonly Message[], conversationId: string): number | undefined {
  return messages.find((message) => message.conversationId === conversationId)?.seq;
}

/**
 * Knows how far each conversation is known without a hole. Internal notes use up numbers too, so a hole is no loss by
 * itself: it is filled, or proved empty, by asking once.
 */
export class SeqWatermark {
  private readonly known = new Map<string, number>();

  /** Everything up to here is known; 0 when nothing is. */
  of(conversationId: string): number {
    return this.known.get(conversationId) ?? 0;
  }

  /** Everything up to `seq` was fetched. */
  raise(conversationId: string, seq: number): void {
    this.known.set(conversationId, Math.max(this.of(conversationId), seq));
  }

  /** Takes note of one pushed message. @returns true when something before it may be missing */
  see(conversationId: string, seq: number): boolean {
    const known = this.of(conversationId);
    if (seq === known + 1) {
      this.known.set(conversationId, seq);
    }
    return seq > known + 1;
  }
}
