import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { previewOf } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import { readSettings } from "@/lib/settings/service";
import { createTicket } from "./service";
import { ticketSettings } from "./settings-schema";

/** The customer's words as a subject. */
const SUBJECT_LENGTH = 80;

/**
 * A message that a customer left while nobody was there, or while the line was full, becomes a ticket where the merchant
 * has it so: one for each conversation, however often it is asked.
 */
export async function ticketOfMessageLeft(
  context: Context,
  { merchantId, conversationId }: { readonly merchantId: string; readonly conversationId: string },
): Promise<void> {
  const { fromMessagesLeft } = await readSettings(context.db, merchantId, ticketSettings);
  if (!fromMessagesLeft) {
    return;
  }
  const [left] = await rowsOf<{ text: string }>(
    context.db,
    sql`select m.text from conversations c join messages m on m.conversation_id = c.id
        where c.id = ${conversationId} and c.merchant_id = ${merchantId} and m.author_kind = 'visitor'
          and m.recalled_at is null and btrim(m.text) <> ''
        order by m.seq desc limit 1`,
  );
  // Taken back before anybody was there: nothing to work on.
  if (!left) {
    return;
  }
  await createTicket(
    { ...context, actor: { kind: "system", merchantId } },
    { subject: previewOf(left.text, SUBJECT_LENGTH), description: left.text, conversationId },
    { source: "offline", key: `left:${conversationId}` },
  );
}
