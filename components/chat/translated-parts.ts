import type { MessagePart, Translation } from "@/lib/conversations/schema";

/** A message's parts with the texts of a translation in the places of its own. */
export function translatedParts(parts: readonly MessagePart[], { texts }: Translation): MessagePart[] {
  let index = 0;
  return parts.map((part) => {
    if (part.type !== "text") {
      return part;
    }
    const text = texts[index] ?? part.text;
    index += 1;
    return { ...part, text };
  });
}
