import type { Message } from "@/lib/conversations/schema";

/** What a search for an answer is begun with, in characters. */
const USUAL_LENGTH = 120;

/** What the customer wrote last, in words. */
export function lastWordsOf(messages: readonly Message[], length = USUAL_LENGTH): string {
  const last = messages.findLast(({ author, recalledAt }) => author.kind === "visitor" && recalledAt === null);
  return (
    last?.parts
      .flatMap((part) => (part.type === "text" ? [part.text] : []))
      .join(" ")
      .slice(0, length) ?? ""
  );
}
