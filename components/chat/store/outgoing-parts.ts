import type { SentPart } from "@/lib/conversations/schema";
import type { Outgoing } from "./chat-state";

/** A message on its way, as the server takes it. */
export function partsOf({ file, quote, text }: Outgoing): SentPart[] {
  if (file?.fileId) {
    return [{ type: "file", fileId: file.fileId, ...(file.seconds && { seconds: file.seconds }) }];
  }
  const quotes: SentPart[] = quote ? [{ type: "quote", messageId: quote.messageId }] : [];
  return [...quotes, { type: "text", text }];
}
