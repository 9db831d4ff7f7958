import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import { removeOldRecords } from "@/lib/bot/record-retention-service";
import { retentionSettings } from "@/lib/conversations/retention-settings-schema";
import type { Context } from "@/lib/platform/context";
import { defineJob } from "@/lib/platform/jobs/job";
import { storage } from "@/lib/platform/storage/storage";
import { readSettings } from "@/lib/settings/service";

/** Rows a transaction: a year's worth at once would hold its locks for minutes. */
const BATCH = 200;

const before = (days: number): SQL => sql`now() - make_interval(days => ${days}::int)`;

/** One batch of ended conversations with all that hangs on them. @returns how many went, and the files' keys */
async function removeConversations(context: Context, merchantId: string, days: number) {
  return context.db.transaction(async (tx) => {
    const rows = await rowsOf<{ id: string }>(
      tx,
      sql`select id from conversations where merchant_id = ${merchantId} and status in ('resolved', 'closed')
          and greatest(last_message_at, coalesce(resolved_at, last_message_at)) < ${before(days)}
          order by id limit ${BATCH} for update skip locked`,
    );
    const ids = sql.param(rows.map(({ id }) => id));
    const files = await rowsOf<{ key: string }>(
      tx,
      sql`delete from files where merchant_id = ${merchantId} and (conversation_id = any(${ids}::text[]) or id in (
            select part ->> 'fileId' from messages m, jsonb_array_elements(m.parts) as part
            where m.conversation_id = any(${ids}::text[]) and part ->> 'fileId' is not null))
          returning storage_key as key`,
    );
    await rowsOf(tx, sql`delete from domain_events where conversation_id = any(${ids}::text[])`);
    await rowsOf(tx, sql`delete from conversations where id = any(${ids}::text[])`);
    return { count: rows.length, keys: files.map(({ key }) => key) };
  });
}

async function keepConversations(context: Context, merchantId: string, days: number): Promise<number> {
  let [removed, last] = [0, BATCH];
  while (last === BATCH) {
    const { count, keys } = await removeConversations(context, merchantId, days);
    // After the commit: a file too many is found by nobody, a row without its file would be.
    await Promise.all(keys.map((key) => storage().remove(key)));
    removed += count;
    last = count;
  }
  return removed;
}

async function keepMerchant(context: Context, merchantId: string): Promise<void> {
  const { conversationDays, deliveryDays, botDays, auditDays } = await readSettings(
    context.db,
    merchantId,
    retentionSettings,
  );
  const conversations = conversationDays === 0 ? 0 : await keepConversations(context, merchantId, conversationDays);
  await context.db.execute(
    sql`delete from webhook_deliveries d using channels c where c.id = d.channel_id and c.merchant_id = ${merchantId}
        and d.created_at < ${before(deliveryDays)} and d.processed_at is not null`,
  );
  await removeOldRecords(context, merchantId, botDays);
  if (auditDays > 0) {
    await context.db.execute(
      sql`delete from audit_log where merchant_id = ${merchantId} and created_at < ${before(Math.max(auditDays, 180))}
          and created_at < now() - interval '180 days'`,
    );
  }
  if (conversations > 0) {
    const actor = { kind: "system", merchantId } as const;
    await context.db.transaction((tx) =>
      record(
        tx,
        { ...context, actor },
        {
          action: "retention.applied",
          targetType: "conversation",
          targetId: null,
          after: { conversations, days: conversationDays },
        },
      ),
    );
  }
}

/** Removes what a merchant no longer wants kept (settings `retention`), once a night. */
export const retentionJob = defineJob({
  name: "platform.retention",
  schema: z.unknown(),
  handle: async (_, context) => {
    const merchants = await rowsOf<{ id: string }>(context.db, sql`select id from merchants order by id`);
    for (const { id } of merchants) {
      await keepMerchant(context, id);
    }
  },
});
