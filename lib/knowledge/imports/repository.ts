import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { knowledgeImportItems, knowledgeImports } from "@/db/schema/knowledge-imports";
import type { ImportStatus, ItemPlan } from "./schema";

export type StoredImport = typeof knowledgeImports.$inferSelect;
export type NewImport = typeof knowledgeImports.$inferInsert;
export type StoredItem = typeof knowledgeImportItems.$inferSelect;
export type NewItem = typeof knowledgeImportItems.$inferInsert;

const ofMerchant = (merchantId: string, id: string) =>
  and(eq(knowledgeImports.id, id), eq(knowledgeImports.merchantId, merchantId));

export async function insertImport(tx: Transaction, row: NewImport): Promise<void> {
  await tx.insert(knowledgeImports).values(row);
}

export async function findImport(
  executor: Executor,
  merchantId: string,
  id: string,
): Promise<StoredImport | undefined> {
  const [row] = await executor.select().from(knowledgeImports).where(ofMerchant(merchantId, id));
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockImport(tx: Transaction, merchantId: string, id: string): Promise<StoredImport | undefined> {
  const [row] = await tx.select().from(knowledgeImports).where(ofMerchant(merchantId, id)).for("update");
  return row;
}

/** The last imports, newest first. */
export function selectImports(executor: Executor, merchantId: string, limit: number): Promise<StoredImport[]> {
  return executor
    .select()
    .from(knowledgeImports)
    .where(eq(knowledgeImports.merchantId, merchantId))
    .orderBy(desc(knowledgeImports.createdAt))
    .limit(limit);
}

export function countUnfinished(executor: Executor, merchantId: string): Promise<number> {
  return executor.$count(
    knowledgeImports,
    and(eq(knowledgeImports.merchantId, merchantId), isNull(knowledgeImports.finishedAt)),
  );
}

/** Changes an import that is in one of the states still. @returns the row as it is now; undefined: it is in none of them */
export async function changeImport(
  executor: Executor,
  id: string,
  from: readonly ImportStatus[],
  change: Partial<NewImport>,
): Promise<StoredImport | undefined> {
  const [row] = await executor
    .update(knowledgeImports)
    .set(change)
    .where(and(eq(knowledgeImports.id, id), inArray(knowledgeImports.status, [...from])))
    .returning();
  return row;
}

export async function removeItems(executor: Executor, importId: string): Promise<void> {
  await executor.delete(knowledgeImportItems).where(eq(knowledgeImportItems.importId, importId));
}

export async function insertItems(executor: Executor, items: readonly NewItem[]): Promise<void> {
  if (items.length > 0) {
    await executor.insert(knowledgeImportItems).values([...items]);
  }
}

const placeOf = (importId: string, positions: readonly number[]) =>
  and(
    eq(knowledgeImportItems.importId, importId),
    sql`${knowledgeImportItems.position} = any(${sql.param(positions)}::int[])`,
  );

export async function changeItems(
  executor: Executor,
  importId: string,
  positions: readonly number[],
  change: Partial<NewItem>,
): Promise<void> {
  if (positions.length > 0) {
    await executor.update(knowledgeImportItems).set(change).where(placeOf(importId, positions));
  }
}

/** Chooses for one duplicate. @returns false when there is none at this place */
export async function chooseItem(
  executor: Executor,
  importId: string,
  position: number,
  choice: string,
): Promise<boolean> {
  const rows = await executor
    .update(knowledgeImportItems)
    .set({ choice })
    .where(and(placeOf(importId, [position]), eq(knowledgeImportItems.plan, "duplicate")))
    .returning({ position: knowledgeImportItems.position });
  return rows.length > 0;
}

/** Chooses for all duplicates that nothing was chosen for. */
export async function chooseRest(executor: Executor, importId: string, choice: string): Promise<void> {
  await executor
    .update(knowledgeImportItems)
    .set({ choice })
    .where(
      and(
        eq(knowledgeImportItems.importId, importId),
        eq(knowledgeImportItems.plan, "duplicate"),
        isNull(knowledgeImportItems.choice),
      ),
    );
}

/** Items that are still to be done, in their order. */
export function openItems(executor: Executor, importId: string, limit: number): Promise<StoredItem[]> {
  return executor
    .select()
    .from(knowledgeImportItems)
    .where(and(eq(knowledgeImportItems.importId, importId), isNull(knowledgeImportItems.outcome)))
    .orderBy(asc(knowledgeImportItems.position))
    .limit(limit);
}

export function selectItems(
  executor: Executor,
  importId: string,
  query: { readonly plan?: ItemPlan | undefined; readonly after: number; readonly limit: number },
): Promise<StoredItem[]> {
  return executor
    .select()
    .from(knowledgeImportItems)
    .where(
      and(
        eq(knowledgeImportItems.importId, importId),
        gt(knowledgeImportItems.position, query.after),
        query.plan ? eq(knowledgeImportItems.plan, query.plan) : undefined,
      ),
    )
    .orderBy(asc(knowledgeImportItems.position))
    .limit(query.limit);
}

export interface ItemCount {
  readonly plan: string;
  readonly choice: string | null;
  readonly outcome: string | null;
  readonly count: number;
}

/** How many items of imports there are of each kind. */
export function countItems(
  executor: Executor,
  importIds: readonly string[],
): Promise<(ItemCount & { readonly import_id: string })[]> {
  return rowsOf(
    executor,
    sql`select import_id, plan, choice, outcome, count(*)::int as count from kb_import_items
        where import_id = any(${sql.param(importIds)}) group by import_id, plan, choice, outcome`,
  );
}

/** The sections of a document that are entries of a collection (empty: of none), those put away too. */
export function documentEntries(
  executor: Executor,
  merchantId: string,
  document: string,
  collection: string,
): Promise<{ id: string; externalId: string; question: string; answer: string; status: string }[]> {
  return rowsOf(
    executor,
    sql`select entry.id, entry.external_id as "externalId", entry.question, entry.answer, entry.status
        from kb_entries entry left join kb_collections collection on collection.id = entry.collection_id
        where entry.merchant_id = ${merchantId} and entry.document = ${document} and entry.external_id is not null
          and coalesce(collection.name, '') = ${collection} and collection.archived_at is null
        order by (entry.source ->> 'position')::int, entry.id`,
  );
}

/** Questions with their other wordings, page by page in the order of ids: all that somebody might ask again. */
export async function wordingsAfter(
  executor: Executor,
  merchantId: string,
  after: string,
  limit: number,
): Promise<{ id: string; question: string; variants: string[] }[]> {
  return executor
    .select({ id: knowledgeEntries.id, question: knowledgeEntries.question, variants: knowledgeEntries.variants })
    .from(knowledgeEntries)
    .where(
      and(
        eq(knowledgeEntries.merchantId, merchantId),
        gt(knowledgeEntries.id, after),
        sql`${knowledgeEntries.status} <> 'archived'`,
      ),
    )
    .orderBy(asc(knowledgeEntries.id))
    .limit(limit);
}

/** Forgets the rows of imports that have been over for a month. */
export async function forgetItems(executor: Executor): Promise<void> {
  await executor.execute(
    sql`delete from kb_import_items using kb_imports where kb_imports.id = import_id
        and kb_imports.finished_at < now() - interval '30 days'`,
  );
}

/** Ends imports that nobody has confirmed for two weeks, and those that a process left behind two days ago. */
export async function endOldImports(executor: Executor): Promise<void> {
  await executor.execute(
    sql`update kb_imports set status = 'cancelled', finished_at = now() where status = 'ready'
        and created_at < now() - interval '14 days'`,
  );
  await executor.execute(
    sql`update kb_imports set status = 'failed', reason = 'import_crashed', finished_at = now()
        where finished_at is null and status <> 'ready' and created_at < now() - interval '2 days'`,
  );
}
