import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { StoredPart } from "@/db/schema/conversations";
import { AppError } from "@/lib/core/errors";
import { previewOf } from "@/lib/core/text";
import type { MessageRow } from "./rows";
import type { AuthorKind, QuotePart, SentPart } from "./schema";

/** Where a quoted message may stand. */
export interface QuoteScope {
  readonly merchantId: string;
  readonly conversationId: string;
  /** A customer, and a reply to them, quote only what the customer may read. */
  readonly publicOnly: boolean;
}

/**
 * The quotes among what a person sent, made from the messages they name: nobody can put words into another's mouth.
 *
 * @throws AppError invalid `quote_unknown` when the message stands elsewhere, was taken back, or is an internal note
 */
export async function quotesOf(
  executor: Executor,
  scope: QuoteScope,
  sent: readonly SentPart[],
): Promise<readonly StoredPart[]> {
  const ids = sent.flatMap((part) => (part.type === "quote" ? [part.messageId] : [])).slice(0, 1);
  const quotes: StoredPart[] = [];
  for (const id of ids) {
    const [found] = await rowsOf<{ author_kind: AuthorKind; name: string | null; text: string; file: string | null }>(
      executor,
      sql`select m.author_kind, case when m.author_kind = 'agent' then u.name end as name, m.text,
            jsonb_path_query_first(m.parts, '$[*].name') #>> '{}' as file
          from messages m
          left join memberships s on s.id = m.author_id left join users u on u.id = s.user_id
          where m.id = ${id} and m.conversation_id = ${scope.conversationId} and m.merchant_id = ${scope.merchantId}
            and m.recalled_at is null and m.author_kind <> 'system'
            ${scope.publicOnly ? sql`and m.visibility = 'public'` : sql``}`,
    );
    if (!found) {
      throw new AppError("invalid", "quote_unknown");
    }
    quotes.push({
      type: "quote",
      messageId: id,
      authorKind: found.author_kind,
      name: found.name,
      text: previewOf(found.text || (found.file ?? "")),
    } satisfies QuotePart);
  }
  return quotes;
}

/** Empties the quotes of a message that was taken back: gone means gone. @returns the messages that quoted it */
export async function forgetQuotes(
  executor: Executor,
  conversationId: string,
  messageId: string,
): Promise<readonly MessageRow[]> {
  const quoted = JSON.stringify([{ type: "quote", messageId }]);
  const changed = await rowsOf<{ row: MessageRow }>(
    executor,
    sql`update messages m set parts = (
          select jsonb_agg(case when part ->> 'messageId' = ${messageId} then part || '{"text": ""}' else part end)
          from jsonb_array_elements(m.parts) part)
        where m.conversation_id = ${conversationId} and m.parts @> ${quoted}::text::jsonb
        returning to_jsonb(m) - 'tokens' as row`,
  );
  return changed.map(({ row }) => row);
}
