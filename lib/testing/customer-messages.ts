import { asc, sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import { messages } from "@/db/schema/conversations";

export type MessageOfTest = typeof messages.$inferSelect;

/** All that stands in the threads of somebody whom a channel knows by this id, oldest first. */
export async function messagesOf(db: Database, externalId: string): Promise<MessageOfTest[]> {
  const found = await rowsOf<{ id: string }>(
    db,
    sql`select m.id from messages m join conversations c on c.id = m.conversation_id
        join customer_identities i on i.id = c.identity_id where i.external_id = ${externalId}`,
  );
  const ids = new Set(found.map(({ id }) => id));
  const rows = await db.select().from(messages).orderBy(asc(messages.createdAt), asc(messages.seq));
  return rows.filter(({ id }) => ids.has(id));
}
