import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { botCases, botRuns } from "@/db/schema/bot";
import { knowledgeEntries } from "@/db/schema/knowledge";

export type CaseRow = typeof botCases.$inferSelect;
export type RunRow = typeof botRuns.$inferSelect;

/** A merchant's cases in the order in which they were made, with the questions of the entries they expect. */
export function selectCases(executor: Executor, merchantId: string) {
  return executor
    .select({ row: botCases, entryQuestion: knowledgeEntries.question })
    .from(botCases)
    .leftJoin(
      knowledgeEntries,
      and(
        sql`${knowledgeEntries.id} = ${botCases.expected} ->> 'entryId'`,
        // The platform's own may be expected, too: they were looked up when the case was written.
        sql`(${knowledgeEntries.merchantId} = ${merchantId} or exists (
          select 1 from merchants m where m.id = ${knowledgeEntries.merchantId} and m.kind = 'platform'))`,
      ),
    )
    .where(eq(botCases.merchantId, merchantId))
    .orderBy(asc(botCases.createdAt), asc(botCases.id));
}

export async function insertCase(executor: Executor, values: typeof botCases.$inferInsert): Promise<void> {
  await executor.insert(botCases).values(values);
}

export async function lockCase(tx: Transaction, merchantId: string, id: string): Promise<CaseRow | undefined> {
  const [row] = await tx
    .select()
    .from(botCases)
    .where(and(eq(botCases.id, id), eq(botCases.merchantId, merchantId)))
    .for("update");
  return row;
}

export async function changeCase(
  tx: Transaction,
  id: string,
  change: Pick<CaseRow, "turns" | "expected" | "note" | "updatedAt">,
): Promise<void> {
  await tx
    .update(botCases)
    .set({ ...change, version: sql`${botCases.version} + 1` })
    .where(eq(botCases.id, id));
}

export async function removeCase(executor: Executor, merchantId: string, id: string): Promise<string[] | undefined> {
  const [row] = await executor
    .delete(botCases)
    .where(and(eq(botCases.id, id), eq(botCases.merchantId, merchantId)))
    .returning({ turns: botCases.turns });
  return row?.turns;
}

export async function insertRun(executor: Executor, values: typeof botRuns.$inferInsert): Promise<void> {
  await executor.insert(botRuns).values(values);
}

const RUNS = 20;

export function selectRuns(executor: Executor, merchantId: string): Promise<Omit<RunRow, "results">[]> {
  const { id, cause, total, passed, ms, createdAt } = botRuns;
  return executor
    .select({ id, merchantId: botRuns.merchantId, cause, total, passed, ms, createdAt })
    .from(botRuns)
    .where(eq(botRuns.merchantId, merchantId))
    .orderBy(desc(botRuns.createdAt), desc(botRuns.id))
    .limit(RUNS);
}

export async function findRun(executor: Executor, merchantId: string, id: string): Promise<RunRow | undefined> {
  const [row] = await executor
    .select()
    .from(botRuns)
    .where(and(eq(botRuns.id, id), eq(botRuns.merchantId, merchantId)));
  return row;
}

/** The run before this moment. */
export async function findRunBefore(executor: Executor, merchantId: string, at: Date): Promise<RunRow | undefined> {
  const [row] = await executor
    .select()
    .from(botRuns)
    .where(and(eq(botRuns.merchantId, merchantId), lt(botRuns.createdAt, at)))
    .orderBy(desc(botRuns.createdAt))
    .limit(1);
  return row;
}

/** Merchants with cases whose knowledge has changed since their last run, and is quiet for a while now. */
export async function selectOutdated(executor: Executor, quietSince: Date): Promise<string[]> {
  const rows = await rowsOf<{ merchant_id: string }>(
    executor,
    sql`select c.merchant_id from (select distinct merchant_id from bot_cases) c
        cross join lateral (
          select greatest(
            (select max(updated_at) from kb_entries e where e.merchant_id = c.merchant_id),
            -- What was deleted or put away left no row that says when, only its change.
            (select max(changed_at) from kb_changes k where k.merchant_id = c.merchant_id)) as at) changed
        cross join lateral (select max(created_at) as at from bot_runs r where r.merchant_id = c.merchant_id) ran
        where changed.at > coalesce(ran.at, '-infinity'::timestamptz)
          and changed.at <= ${quietSince.toISOString()}::timestamptz`,
  );
  return rows.map((row) => row.merchant_id);
}
