import { and, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeVectorIndexes } from "@/db/schema/knowledge-vectors";

/** One merchant's index of one service. */
export interface IndexKey {
  readonly merchantId: string;
  readonly embedderId: string;
}

const isIndex = ({ merchantId, embedderId }: IndexKey) =>
  and(eq(knowledgeVectorIndexes.merchantId, merchantId), eq(knowledgeVectorIndexes.embedderId, embedderId));

/**
 * Begins a run, or goes on with one that was cut off. What a person stopped, or what cannot work, waits for a person.
 *
 * @returns false when it is to be left alone
 */
export async function beginRun(executor: Executor, key: IndexKey, total: number, at: Date): Promise<boolean> {
  const values = { total, done: 0, runDoneFrom: 0, runStartedAt: at, updatedAt: at };
  const rows = await executor
    .insert(knowledgeVectorIndexes)
    .values({ ...key, ...values, state: "building" })
    .onConflictDoUpdate({
      target: [knowledgeVectorIndexes.merchantId, knowledgeVectorIndexes.embedderId],
      set: values,
      setWhere: eq(knowledgeVectorIndexes.state, "building"),
    })
    .returning({ state: knowledgeVectorIndexes.state });
  return rows.length === 1;
}

/** Entries done, wordings refused. @returns false when the run was stopped */
export async function keepProgress(
  executor: Executor,
  key: IndexKey,
  progress: { readonly done: number; readonly known?: number; readonly refused: number },
  at: Date,
): Promise<boolean> {
  const rows = await executor
    .update(knowledgeVectorIndexes)
    .set({
      done: progress.done,
      refused: progress.refused,
      reason: null,
      detail: "",
      updatedAt: at,
      ...(progress.known !== undefined && { runDoneFrom: progress.known }),
    })
    .where(and(isIndex(key), eq(knowledgeVectorIndexes.state, "building")))
    .returning({ state: knowledgeVectorIndexes.state });
  return rows.length === 1;
}

/** Says why a call failed; null: none did. @param state what becomes of the run; left out: it is tried again */
export async function keepFailure(
  executor: Executor,
  key: IndexKey,
  failure: { readonly reason: string | null; readonly detail: string; readonly state?: "failed" },
  at: Date,
): Promise<void> {
  const { reason, detail, state } = failure;
  await executor
    .update(knowledgeVectorIndexes)
    .set({ reason, detail: detail.slice(0, 300), updatedAt: at, ...(state && { state }) })
    .where(isIndex(key));
}

/** Changes the state of a run. @returns false when it is in none of the states */
export async function changeState(
  executor: Executor,
  key: IndexKey,
  from: readonly string[],
  state: "building" | "cancelled",
  at: Date,
): Promise<boolean> {
  const rows = await executor
    .update(knowledgeVectorIndexes)
    .set({ state, reason: null, detail: "", updatedAt: at })
    .where(and(isIndex(key), sql`${knowledgeVectorIndexes.state} = any(${sql.param([...from])}::text[])`))
    .returning({ state: knowledgeVectorIndexes.state });
  return rows.length === 1;
}

/**
 * Has searches use the vectors of a run that is whole, in place of those before: every process sees it at its next search.
 *
 * @returns false when it was stopped at the last moment
 */
export async function switchTo(tx: Transaction, key: IndexKey, at: Date): Promise<boolean> {
  const locked = await rowsOf(
    tx,
    sql`select 1 from kb_vector_indexes where merchant_id = ${key.merchantId} and embedder_id = ${key.embedderId}
          and state = 'building' for update`,
  );
  if (locked.length === 0) {
    return false;
  }
  await rowsOf(
    tx,
    sql`delete from kb_vector_indexes where merchant_id = ${key.merchantId} and embedder_id <> ${key.embedderId}`,
  );
  const done = { state: "active", done: sql`${knowledgeVectorIndexes.total}`, finishedAt: at, updatedAt: at };
  await tx.update(knowledgeVectorIndexes).set(done).where(isIndex(key));
  return true;
}

export interface EmbeddingCall {
  readonly merchantId: string;
  readonly failed: boolean;
  readonly tokens: number;
  readonly costMicros: number;
  readonly ms: number;
}

/** Adds a call to its day. */
export async function addUsage(executor: Executor, call: EmbeddingCall, at: Date): Promise<void> {
  await rowsOf(
    executor,
    sql`insert into kb_embedding_usage as u (merchant_id, day, calls, failures, tokens, cost_micros, total_ms)
        values (${call.merchantId}, ${at.toISOString().slice(0, 10)}, 1, ${call.failed ? 1 : 0}, ${call.tokens},
                ${call.costMicros}, ${call.ms})
        on conflict (merchant_id, day) do update set calls = u.calls + 1, failures = u.failures + excluded.failures,
          tokens = u.tokens + excluded.tokens, cost_micros = u.cost_micros + excluded.cost_micros,
          total_ms = u.total_ms + excluded.total_ms`,
  );
}

export interface UsageSum {
  readonly calls: number;
  readonly failures: number;
  readonly tokens: number;
  readonly costMicros: number;
  readonly totalMs: number;
}

/** @param since a day, such as `2026-11-01` */
export async function usageSince(executor: Executor, merchantId: string, since: string): Promise<UsageSum> {
  const [row] = await rowsOf<UsageSum>(
    executor,
    sql`select coalesce(sum(calls), 0)::int as calls, coalesce(sum(failures), 0)::int as failures,
          coalesce(sum(tokens), 0)::float8 as tokens, coalesce(sum(cost_micros), 0)::float8 as "costMicros",
          coalesce(sum(total_ms), 0)::float8 as "totalMs"
        from kb_embedding_usage where merchant_id = ${merchantId} and day >= ${since}::date`,
  );
  return row ?? { calls: 0, failures: 0, tokens: 0, costMicros: 0, totalMs: 0 };
}
