import type { Message } from "@/lib/conversations/schema";

/** What stands in a thread, from top to bottom. */
export type ThreadItem =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "notice"; readonly key: string; readonly message: Message }
  | { readonly kind: "group"; readonly key: string; readonly messages: readonly [Message, ...Message[]] };

/** Messages of one person that follow within this time stand together, in milliseconds. */
const TOGETHER = 5 * 60_000;

function isNotice(message: Message): boolean {
  return message.author.kind === "system" || message.parts.some((part) => part.type === "notice");
}

function isWhisper({ parts }: Message): boolean {
  return parts.some(({ type }) => type === "whisper");
}

function belongsTogether(first: Message, second: Message): boolean {
  return (
    first.author.kind === second.author.kind &&
    first.author.id === second.author.id &&
    first.visibility === second.visibility &&
    isWhisper(first) === isWhisper(second) &&
    Date.parse(second.createdAt) - Date.parse(first.createdAt) < TOGETHER
  );
}

/**
 * Groups a thread for reading.
 *
 * @param dayOf name of the day of a moment in the reader's time zone
 * @param unreadAfter the last seq that was read before; a line marks what came since. Undefined: no line
 */
export function threadItems(
  messages: readonly Message[],
  dayOf: (at: string) => string,
  unreadAfter: number | undefined,
): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = "";
  let marked = unreadAfter === undefined;
  for (const message of messages) {
    const itsDay = dayOf(message.createdAt);
    if (itsDay !== day) {
      items.push({ kind: "day", key: `day:${itsDay}`, at: message.createdAt });
      day = itsDay;
    }
    if (!marked && unreadAfter !== undefined && message.seq > unreadAfter && message.author.kind === "visitor") {
      items.push({ kind: "unread", key: "unread" });
      marked = true;
    }
    const last = items.at(-1);
    if (isNotice(message)) {
      items.push({ kind: "notice", key: message.id, message });
    } else if (last?.kind === "group" && belongsTogether(last.messages[0], message)) {
      items[items.length - 1] = { ...last, messages: [...last.messages, message] };
    } else {
      items.push({ kind: "group", key: message.id, messages: [message] });
    }
  }
  return items;
}
