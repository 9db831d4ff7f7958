"use client";

import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/relative-time";
import type { Message } from "@/lib/conversations/schema";
import { useNoticeWords } from "./notice-words";

/** Lines that carry a colleague's own words. */
const NOTES: readonly string[] = ["transfer_note", "rule_note", "handed_note"];

/** A line of the product's own, in the agent's language: small and grey; a colleague's note in its own tone. */
export function NoticeLine({ message }: { message: Message }) {
  const words = useNoticeWords();
  const notice = message.parts.find((part) => part.type === "notice");
  if (notice === undefined) {
    return null;
  }
  return (
    <p
      className={cn(
        "mx-auto my-2 w-fit max-w-[85%] text-center text-xs text-ink-subtle",
        NOTES.includes(notice.key) && "rounded-sm bg-note-soft px-3 py-1.5 whitespace-pre-wrap text-note-ink",
      )}
    >
      {words(notice)}
      <DateTime date={message.createdAt} format="time" className="ml-1.5" />
    </p>
  );
}
