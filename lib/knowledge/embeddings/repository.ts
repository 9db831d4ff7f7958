import { and, eq, isNull, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeEmbedders, knowledgeVectorIndexes } from "@/db/schema/knowledge-vectors";
import type { JobName } from "@/lib/events/routes";
import { enqueue } from "@/lib/platform/jobs/emit";

export type EmbedderRow = typeof knowledgeEmbedders.$inferSelect;
export type VectorIndexRow = typeof knowledgeVectorIndexes.$inferSelect;

const isCurrent = (merchantId: string) =>
  and(eq(knowledgeEmbedders.merchantId, merchantId), isNull(knowledgeEmbedders.retiredAt));

/** The service that a merchant, or the platform, has set for itself. */
export async function ownEmbedder(executor: Executor, merchantId: string): Promise<EmbedderRow | undefined> {
  const [row] = await executor.select().from(knowledgeEmbedders).where(isCurrent(merchantId));
  return row;
}

export async function lockOwnEmbedder(tx: Transaction, merchantId: string): Promise<EmbedderRow | undefined> {
  const [row] = await tx.select().from(knowledgeEmbedders).where(isCurrent(merchantId)).for("update");
  return row;
}

export async function embedderById(executor: Executor, id: string): Promise<EmbedderRow | undefined> {
  const [row] = await executor.select().from(knowledgeEmbedders).where(eq(knowledgeEmbedders.id, id));
  return row;
}

/** The platform's, for a merchant that is not the platform. */
export async function platformEmbedder(executor: Executor, merchantId: string): Promise<EmbedderRow | undefined> {
  const [found] = await rowsOf<{ id: string }>(
    executor,
    sql`select e.id from kb_embedders e join merchants m on m.id = e.merchant_id
        where m.kind = 'platform' and e.retired_at is null and m.id <> ${merchantId}`,
  );
  return found && embedderById(executor, found.id);
}

/** The service whose vectors a merchant's searches should use: its own, or the platform's. One that is off is none. */
export async function wantedEmbedder(executor: Executor, merchantId: string): Promise<EmbedderRow | undefined> {
  const row = (await ownEmbedder(executor, merchantId)) ?? (await platformEmbedder(executor, merchantId));
  return row?.enabled ? row : undefined;
}

export async function insertEmbedder(tx: Transaction, row: typeof knowledgeEmbedders.$inferInsert): Promise<void> {
  await tx.insert(knowledgeEmbedders).values(row);
}

/** Changes what does not change the vectors. */
export async function changeEmbedder(
  executor: Executor,
  id: string,
  change: Partial<Pick<EmbedderRow, "secret" | "batchSize" | "price" | "currency" | "enabled">>,
  at: Date,
): Promise<void> {
  await executor
    .update(knowledgeEmbedders)
    .set({ ...change, version: sql`${knowledgeEmbedders.version} + 1`, updatedAt: at })
    .where(eq(knowledgeEmbedders.id, id));
}

/** Kept with the version as it is: no process has to look at anything again. */
export async function keepCalibration(
  executor: Executor,
  id: string,
  calibration: Readonly<Record<string, unknown>>,
): Promise<void> {
  await executor
    .update(knowledgeEmbedders)
    .set({ calibration: { ...calibration } })
    .where(eq(knowledgeEmbedders.id, id));
}

/** It is nobody's setting any more: runs with it end, searches that use it go on until they have something else. */
export async function retireEmbedder(tx: Transaction, id: string, at: Date): Promise<void> {
  await rowsOf(tx, sql`delete from kb_vector_indexes where embedder_id = ${id} and state <> 'active'`);
  await tx.update(knowledgeEmbedders).set({ retiredAt: at }).where(eq(knowledgeEmbedders.id, id));
}

/** Forgets retired services, and their keys, that no search uses any more. */
export async function forgetRetired(executor: Executor): Promise<void> {
  await rowsOf(
    executor,
    sql`delete from kb_embedders e where retired_at is not null
        and not exists (select 1 from kb_vector_indexes i where i.embedder_id = e.id and i.state = 'active')`,
  );
}

export function indexesOf(executor: Executor, merchantId: string): Promise<VectorIndexRow[]> {
  return executor.select().from(knowledgeVectorIndexes).where(eq(knowledgeVectorIndexes.merchantId, merchantId));
}

/** A merchant's searches use no service any more, or nobody's searches use one. */
export async function dropIndexes(
  executor: Executor,
  of: { readonly embedderId: string } | { readonly merchantId: string },
): Promise<void> {
  const { embedderId, merchantId } = knowledgeVectorIndexes;
  await executor
    .delete(knowledgeVectorIndexes)
    .where("embedderId" in of ? eq(embedderId, of.embedderId) : eq(merchantId, of.merchantId));
}

/** Has the vectors of these merchants made, or all brought up to date, one run after the other for each. */
export async function orderVectors(tx: Transaction, merchantIds: readonly string[]): Promise<void> {
  const name: JobName = "knowledge.vectors";
  for (const merchantId of merchantIds) {
    await enqueue(tx, { name, payload: { merchantId }, key: `vectors:${merchantId}`, lane: `vectors:${merchantId}` });
  }
}

/** Has the vectors of what was just published made at once where a service counts; without one, the next search asks. */
export async function orderNewVectors(tx: Transaction, merchantId: string): Promise<void> {
  if (await wantedEmbedder(tx, merchantId)) {
    await orderVectors(tx, [merchantId]);
  }
}

/** Merchants with published entries and without a service of their own: those that the platform's counts for. */
export async function inheritingMerchants(executor: Executor): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`select m.id from merchants m where m.kind <> 'platform'
          and not exists (select 1 from kb_embedders e where e.merchant_id = m.id and e.retired_at is null)
          and exists (select 1 from kb_entries k where k.merchant_id = m.id and k.status = 'published')`,
  );
  return rows.map(({ id }) => id);
}
