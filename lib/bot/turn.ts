import type { PromptTurn } from "./prompt";
import { signalsOf } from "./signals";

interface ThreadPart {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a turn is read from: a row of the conversation's thread. */
export interface ThreadMessage {
  readonly id: string;
  readonly seq: number;
  readonly author_kind: "visitor" | "agent" | "bot" | "system";
  readonly text: string;
  readonly parts: readonly ThreadPart[];
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
  /** What was said before, oldest first, since the customer last began anew. */
  readonly history: readonly PromptTurn[];
  /** The entry that the bot answered from last; `ago`: messages of the bot since, 0: its last one. */
  readonly topic: { readonly entryId: string; readonly question: string; readonly ago: number } | null;
  /** Questions that the bot's last message offered, in order. */
  readonly offered: readonly string[];
  /** The bot's last message offered a person, and no question. */
  readonly offeredPerson: boolean;
  /** Times in a row that the bot offered choices instead of answering. */
  readonly askedBack: number;
}

const PREFIX = "bot:";

/** The id of the bot's answer to a visitor's message (its clientId). */
export const answerIdFor = (messageId: string): string => `${PREFIX}${messageId}`;

/** The id of an answer that an agent let go out later. It answers no message anew: its draft's line did. */
export const reviewedIdFor = (draftId: string): string => `${PREFIX}reviewed:${draftId}`;

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

type Choice = { readonly action?: unknown; readonly value?: unknown };

function choicesOf(message: ThreadMessage | undefined): Choice[] {
  return (message?.parts ?? []).flatMap((part) => (part.type === "choices" ? (part["choices"] as Choice[]) : []));
}

const isCitation = (part: ThreadPart): boolean => part.type === "citation";

function topicOf(answers: readonly ThreadMessage[]): OpenTurn["topic"] {
  const index = answers.findLastIndex(({ parts }) => parts.some(isCitation));
  const part = answers[index]?.parts.find(isCitation);
  const ago = answers.length - 1 - index;
  return part ? { entryId: String(part["entryId"]), question: String(part["title"]), ago } : null;
}

const asksBack = (message: ThreadMessage): boolean =>
  !message.parts.some(isCitation) && choicesOf(message).some(({ action }) => action === "ask");

function askedBackOf(answers: readonly ThreadMessage[]): number {
  const last = answers.findLastIndex((message) => !asksBack(message));
  return answers.length - 1 - last;
}

/** What was said since the customer last asked to begin anew. */
function sinceReset(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const reset = messages.findLastIndex(
    (message) => message.author_kind === "visitor" && signalsOf(message.text).wantsReset,
  );
  // The line after it says that the bot has forgotten.
  return reset < 0 ? messages : messages.slice(reset + 2);
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
  const first = waiting[0]?.seq ?? last.seq;
  const before = sinceReset(spoken.filter((message) => message.seq < first));
  const answers = before.filter((message) => message.author_kind === "bot");
  const choices = choicesOf(answers.at(-1));
  const offered = choices.flatMap(({ action, value }) => (action === "ask" && value ? [String(value)] : []));
  return {
    texts: waiting.map((message) => message.text.trim()).filter(Boolean),
    hasFiles: waiting.some((message) => message.parts.some((part) => part.type === "image" || part.type === "file")),
    answerId: answerIdFor(last.id),
    history: before
      .filter((message) => message.text !== "")
      .map((message) => ({ from: message.author_kind as PromptTurn["from"], text: message.text })),
    topic: topicOf(answers),
    offered,
    offeredPerson: offered.length === 0 && choices.some(({ action }) => action === "handoff"),
    askedBack: askedBackOf(answers),
  };
}
