import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import type { ConversationRow } from "./rows";
import { AWAITS_CUSTOMER } from "./schema";

/**
 * Gives the oldest reply that waits for words of this customer to the request that just came: one answer carries one
 * reply.
 */
export async function deliverHeld(db: Database, touched: readonly ConversationRow[]): Promise<void> {
  const [row] = touched;
  if (row) {
    await rowsOf(
      db,
      sql`
      select graphile_worker.add_job('channel.deliver', json_build_object('messageId', m.id),
        queue_name => 'deliver:' || m.conversation_id)
      from messages m join conversations c on c.id = m.conversation_id
      where c.identity_id = ${row.identity_id} and m.delivery = 'queued' and m.delivery_error = ${AWAITS_CUSTOMER}
      order by m.created_at limit 1`,
    );
  }
}

/** Tries all replies again that waited while a channel could reply in answers only. */
export async function releaseHeld(db: Database, channelId: string): Promise<void> {
  await rowsOf(
    db,
    sql`
    select graphile_worker.add_job('channel.deliver', json_build_object('messageId', m.id),
      queue_name => 'deliver:' || m.conversation_id)
    from messages m join conversations c on c.id = m.conversation_id
    where c.channel_id = ${channelId} and m.delivery = 'queued' and m.delivery_error = ${AWAITS_CUSTOMER}`,
  );
}
