/** Longest piece of a message that stands for it in a quote, in characters. */
const LONGEST = 120;

interface Quotable<Kind extends string> {
  readonly id: string;
  readonly author: { readonly kind: Kind; readonly name: string | null };
  readonly parts: readonly { readonly type: string; readonly text?: unknown; readonly name?: unknown }[];
}

/**
 * The quote of a message as the server will make it (lib/conversations/quotes.ts): for the composer, and for the message
 * on its way.
 */
export function quoteOf<Kind extends string>({ id, author, parts }: Quotable<Kind>) {
  const words = parts.flatMap(({ type, text }) => (type === "text" ? [String(text)] : [])).join(" ");
  const file = parts.find(({ type }) => type === "image" || type === "file");
  return {
    type: "quote" as const,
    messageId: id,
    authorKind: author.kind,
    name: author.kind === "agent" ? author.name : null,
    text: (words || String(file?.name ?? "")).slice(0, LONGEST),
  };
}
