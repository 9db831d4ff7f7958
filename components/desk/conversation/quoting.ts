"use client";

import { createContext, useContext } from "react";
import type { Message } from "@/lib/conversations/schema";

/** How a message of the thread gets into the composer as what the next reply answers to. */
export const QuotingContext = createContext<(message: Message) => void>(() => undefined);

export function useQuote(): (message: Message) => void {
  return useContext(QuotingContext);
}
