import type { PromptTurn } from "./prompt";

/** What a turn is read from: a row of the conversation's thread. */
export interface ThreadMessage {
  readonly id: string;
  readonly seq: number;
  readonly author_kind: "visitor" | "agent" | "bot" | "system";
  readonly text: string;
  readonly parts: readonly { readonly type: string }[];
  readonly client_id: string | null;
  readonly recalled_at: string | null;
}

/** What waits for an answer. */
export interface OpenTurn {
  /** Words of the waiting messages, oldest first; empty when they were files alone. */
  readonly texts: readonly string[];
  readonly hasFiles: boolean;
  /** Id of the answer, made from the question: a repeated job finds its own answer instead of giving a second. */
  readonly answerId: string;
  /** What was said before, oldest first. */
  readonly history: readonly PromptTurn[];
}

const PREFIX = "bot:";

/** The id of the bot's answer to a visitor's message (its clientId). */
export const answerIdFor = (messageId: string): string => `${PREFIX}${messageId}`;

/**
 * Up to which seq the visitor has been answered. An answer covers the message its id names, not all that stands before
 * it: what arrived while it was being written still waits. A person's reply covers everything.
 */
function answeredUpTo(messages: readonly ThreadMessage[]): number {
  const seqOf = new Map(messages.map((message) => [message.id, message.seq]));
  let answered = 0;
  for (const message of messages) {
    if (message.author_kind === "agent") {
      answered = Math.max(answered, message.seq);
    } else if (message.author_kind === "bot") {
      const named = message.client_id?.startsWith(PREFIX)
        ? seqOf.get(message.client_id.slice(PREFIX.length))
        : undefined;
      answered = Math.max(answered, named ?? (message.client_id?.startsWith(PREFIX) ? 0 : message.seq));
    }
  }
  return answered;
}

/** The visitor's messages that wait for an answer, as one turn; undefined when none does. `messages`: oldest first. */
export function openTurn(messages: readonly ThreadMessage[]): OpenTurn | undefined {
  const answered = answeredUpTo(messages);
  const spoken = messages.filter((message) => message.author_kind !== "system" && message.recalled_at === null);
  const waiting = spoken.filter((message) => message.author_kind === "visitor" && message.seq > answered);
  const last = waiting.at(-1);
  if (!last) {
    return undefined;
  }
  const texts = waiting.map((message) => message.text.trim()).filter(Boolean);
  const first = waiting[0]?.seq ?? last.seq;
  return {
    texts,
    hasFiles: waiting.some((message) => message.parts.some((part) => part.type === "image" || part.type === "file")),
    answerId: answerIdFor(last.id),
    history: spoken
      .filter((message) => message.seq < first && message.text !== "")
      .map((message) => ({ from: message.author_kind as PromptTurn["from"], text: message.text })),
  };
}
