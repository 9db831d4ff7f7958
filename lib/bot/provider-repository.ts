import { and, asc, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { aiCalls, aiProviders, aiThreads, aiUsage } from "@/db/schema/bot";
import type { Attempt } from "@/lib/platform/ai/model-chain";

export type ProviderRow = typeof aiProviders.$inferSelect;

/** A merchant's providers in the order of the chain. */
export function selectProviders(executor: Executor, merchantId: string): Promise<ProviderRow[]> {
  return executor
    .select()
    .from(aiProviders)
    .where(eq(aiProviders.merchantId, merchantId))
    .orderBy(asc(aiProviders.position), asc(aiProviders.id));
}

export async function lockProvider(tx: Transaction, merchantId: string, id: string): Promise<ProviderRow | undefined> {
  const [row] = await tx
    .select()
    .from(aiProviders)
    .where(and(eq(aiProviders.id, id), eq(aiProviders.merchantId, merchantId)))
    .for("update");
  return row;
}

export async function insertProvider(
  tx: Transaction,
  values: Omit<typeof aiProviders.$inferInsert, "position">,
): Promise<ProviderRow | undefined> {
  const position = sql<number>`(select coalesce(max(position), 0) + 1 from ai_providers where merchant_id = ${values.merchantId})`;
  const [row] = await tx
    .insert(aiProviders)
    .values({ ...values, position })
    .returning();
  return row;
}

export async function changeProvider(
  tx: Transaction,
  id: string,
  change: Partial<Pick<ProviderRow, "name" | "baseUrl" | "model" | "secret" | "options" | "enabled">>,
  at: Date,
): Promise<ProviderRow | undefined> {
  const [row] = await tx
    .update(aiProviders)
    .set({ ...change, version: sql`${aiProviders.version} + 1`, updatedAt: at })
    .where(eq(aiProviders.id, id))
    .returning();
  return row;
}

export async function removeProvider(tx: Transaction, id: string): Promise<void> {
  await tx.delete(aiProviders).where(eq(aiProviders.id, id));
}

/** Gives each named provider its place; the others keep theirs behind them. */
export async function placeProviders(tx: Transaction, merchantId: string, ids: readonly string[]): Promise<void> {
  await rowsOf(
    tx,
    sql`update ai_providers p set position = coalesce(o.place, 1000 + p.position)
        from ai_providers all_of left join unnest(${sql.param([...ids])}::text[]) with ordinality as o(id, place) on o.id = all_of.id
        where p.id = all_of.id and p.merchant_id = ${merchantId}`,
  );
}

export interface UsageRow {
  readonly provider_id: string;
  readonly calls: number;
  readonly failures: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
  readonly total_ms: number;
  readonly last_outcome: string | null;
  readonly last_at: string | null;
}

/** Sums of each provider since a day, and how its last call ended. */
export function selectUsage(executor: Executor, merchantId: string, since: string): Promise<UsageRow[]> {
  return rowsOf<UsageRow>(
    executor,
    sql`select u.*, l.outcome as last_outcome, l.created_at as last_at from (
          select provider_id, sum(calls)::int as calls, sum(failures)::int as failures,
                 sum(input_tokens)::float8 as input_tokens, sum(output_tokens)::float8 as output_tokens,
                 sum(cost_micros)::float8 as cost_micros, sum(total_ms)::float8 as total_ms
          from ai_usage where merchant_id = ${merchantId} and day >= ${since} group by provider_id) u
        left join lateral (select outcome, created_at from ai_calls c
          where c.merchant_id = ${merchantId} and c.provider_id = u.provider_id order by created_at desc limit 1) l on true`,
  );
}

export interface CallRecord extends Attempt {
  readonly merchantId: string;
  readonly conversationId: string | null;
  readonly purpose: "answer" | "follow_up" | "intent" | "playground" | "test" | "assist" | "translation";
  readonly costMicros: number;
  readonly at: Date;
}

/** Writes a call down and adds it to its day, in one step. */
export async function insertCall(tx: Transaction, call: CallRecord): Promise<void> {
  const { merchantId, providerId, conversationId, purpose, outcome, firstMs, totalMs, at } = call;
  const { inputTokens, outputTokens, costMicros } = call;
  await tx.insert(aiCalls).values({
    merchantId,
    providerId,
    conversationId,
    purpose,
    outcome,
    firstMs,
    totalMs,
    inputTokens,
    outputTokens,
    costMicros,
    createdAt: at,
  });
  const failures = outcome === "ok" || outcome === "aborted" ? 0 : 1;
  const day = at.toISOString().slice(0, 10);
  await tx
    .insert(aiUsage)
    .values({ merchantId, day, providerId, calls: 1, failures, inputTokens, outputTokens, costMicros, totalMs })
    .onConflictDoUpdate({
      target: [aiUsage.merchantId, aiUsage.day, aiUsage.providerId],
      set: {
        calls: sql`${aiUsage.calls} + 1`,
        failures: sql`${aiUsage.failures} + ${failures}`,
        inputTokens: sql`${aiUsage.inputTokens} + ${inputTokens}`,
        outputTokens: sql`${aiUsage.outputTokens} + ${outputTokens}`,
        costMicros: sql`${aiUsage.costMicros} + ${costMicros}`,
        totalMs: sql`${aiUsage.totalMs} + ${totalMs}`,
      },
    });
}

export interface Spent {
  readonly conversationTokens: number;
  readonly visitorTokens: number;
  readonly monthTokens: number;
  readonly monthCostMicros: number;
}

/** Tokens that a conversation has used, its customer since a day ago, and a merchant since the first of the month, with the cost. */
export async function selectSpent(
  executor: Executor,
  merchantId: string,
  who: { readonly conversationId: string | null; readonly customerId: string | null },
  since: { readonly month: string; readonly dayAgo: Date },
): Promise<Spent> {
  const sum = sql`coalesce(sum(input_tokens + output_tokens), 0)::float8`;
  const [row] = await rowsOf<{ conversation: number; visitor: number; tokens: number; cost: number }>(
    executor,
    sql`select
      (select ${sum} from ai_calls where conversation_id = ${who.conversationId}) as conversation,
      (select ${sum} from ai_calls where created_at >= ${since.dayAgo.toISOString()}::timestamptz
        and conversation_id in (select id from conversations where customer_id = ${who.customerId})) as visitor,
      ${sum} as tokens, coalesce(sum(cost_micros), 0)::float8 as cost
      from ai_usage where merchant_id = ${merchantId} and day >= ${since.month}`,
  );
  return {
    conversationTokens: row?.conversation ?? 0,
    visitorTokens: row?.visitor ?? 0,
    monthTokens: row?.tokens ?? 0,
    monthCostMicros: row?.cost ?? 0,
  };
}

export async function findThread(
  executor: Executor,
  conversationId: string,
  providerId: string,
): Promise<string | undefined> {
  const [row] = await executor
    .select({ remoteId: aiThreads.remoteId })
    .from(aiThreads)
    .where(and(eq(aiThreads.conversationId, conversationId), eq(aiThreads.providerId, providerId)));
  return row?.remoteId;
}

export async function keepThread(
  executor: Executor,
  thread: {
    readonly conversationId: string;
    readonly providerId: string;
    readonly remoteId: string;
    readonly at: Date;
  },
): Promise<void> {
  const { at: updatedAt, ...values } = thread;
  await executor
    .insert(aiThreads)
    .values({ ...values, updatedAt })
    .onConflictDoUpdate({
      target: [aiThreads.conversationId, aiThreads.providerId],
      set: { remoteId: values.remoteId, updatedAt },
    });
}

/** Forgets a provider's conversation, or all of them. */
export async function removeThreads(executor: Executor, conversationId: string, providerId?: string): Promise<void> {
  const own = eq(aiThreads.conversationId, conversationId);
  await executor.delete(aiThreads).where(providerId ? and(own, eq(aiThreads.providerId, providerId)) : own);
}
