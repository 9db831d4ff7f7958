"use client";

import { createContext, useContext } from "react";
import type { Message, QuotePart } from "@/lib/conversations/schema";

/** How a message of the thread gets into the composer as what the next reply answers to. */
export const QuotingContext = createContext<(message: Message) => void>(() => undefined);

export function useQuote(): (message: Message) => void {
  return useContext(QuotingContext);
}

/** As the server will make it (lib/conversations/quotes.ts), for the composer and the message on its way. */
export function quoteOf(message: Message): QuotePart {
  const words = message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join(" ");
  const file = message.parts.find((part) => part.type === "image" || part.type === "file");
  return {
    type: "quote",
    messageId: message.id,
    authorKind: message.author.kind,
    name: message.author.kind === "agent" ? message.author.name : null,
    text: (words || (file?.name ?? "")).slice(0, 120),
  };
}
