import type { Message, QuotePart } from "@/lib/conversations/schema";
import { quoteOf } from "@/lib/core/quote-of";
import { type ChatState, isEnded } from "./chat-state";

/** True for what can be answered to: somebody's words or files, in the conversation that is going on. */
export function isQuotable(message: Message, { conversation }: Pick<ChatState, "conversation">): boolean {
  return (
    message.conversationId === conversation?.id &&
    !isEnded(conversation) &&
    message.recalledAt === null &&
    message.author.kind !== "system"
  );
}

/** What the next message answers to; null when nothing, or when it was taken back or is over meanwhile. */
export function quoteIn(state: Pick<ChatState, "conversation" | "messages" | "quoting">): QuotePart | null {
  const message = state.messages.find(({ id }) => id === state.quoting);
  return message && isQuotable(message, state) ? quoteOf(message) : null;
}
