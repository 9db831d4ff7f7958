import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { Context } from "@/lib/platform/context";

/** Rows a statement: a year's worth at once would hold its locks for long. */
const BATCH = 2_000;

/** Removes rows of a table batch by batch. @returns how many */
async function removeAll(context: Context, table: SQL, condition: SQL): Promise<number> {
  let [removed, last] = [0, BATCH];
  while (last === BATCH) {
    const rows = await rowsOf(
      context.db,
      sql`delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${BATCH}))
          returning 1 as one`,
    );
    last = rows.length;
    removed += last;
  }
  return removed;
}

/**
 * Removes what a merchant's bot noted of its work longer ago than that: why it answered so, calls of models, decided
 * drafts, runs of the regression cases, answers that were never offered. Sums by day, votes and decided suggestions stay.
 *
 * @returns how many rows went
 */
export async function removeOldRecords(context: Context, merchantId: string, days: number): Promise<number> {
  const old = sql`merchant_id = ${merchantId} and created_at < now() - make_interval(days => ${days}::int)`;
  const kinds: readonly (readonly [table: SQL, condition: SQL])[] = [
    [sql`bot_turns`, old],
    [sql`ai_calls`, old],
    [sql`bot_runs`, old],
    [sql`bot_drafts`, sql`${old} and status <> 'waiting'`],
    [sql`bot_suggestions`, sql`${old} and status = 'candidate'`],
  ];
  let removed = 0;
  for (const [table, condition] of kinds) {
    removed += await removeAll(context, table, condition);
  }
  return removed;
}
