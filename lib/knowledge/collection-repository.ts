import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeCollections, knowledgeSharedOff } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import type { Collection, PlatformCollection } from "./schema";
import type { SharedCollection } from "./search/search";

const named = (merchantId: string, name: string) =>
  and(
    eq(knowledgeCollections.merchantId, merchantId),
    eq(knowledgeCollections.name, name),
    isNull(knowledgeCollections.archivedAt),
  );

/** The id of a merchant's collection in use; undefined when there is none of this name. */
export async function findCollection(
  executor: Executor,
  merchantId: string,
  name: string,
): Promise<string | undefined> {
  const [row] = await executor
    .select({ id: knowledgeCollections.id })
    .from(knowledgeCollections)
    .where(named(merchantId, name));
  return row?.id;
}

/** The id of a collection, made when it is new; null for the empty name. */
export async function ensureCollection(
  tx: Transaction,
  merchantId: string,
  name: string,
  at: Date,
): Promise<string | null> {
  if (name === "") {
    return null;
  }
  const known = await findCollection(tx, merchantId, name);
  if (known !== undefined) {
    return known;
  }
  const id = newId("collection", at);
  await tx.insert(knowledgeCollections).values({ id, merchantId, name, createdAt: at }).onConflictDoNothing();
  // Somebody else may have made it a moment ago: theirs is the one.
  return (await findCollection(tx, merchantId, name)) ?? id;
}

/** Whether a collection of the merchant (which is then the platform) is shared with all. */
export async function isSharedCollection(executor: Executor, merchantId: string, name: string): Promise<boolean> {
  const [row] = await executor
    .select({ shared: knowledgeCollections.shared })
    .from(knowledgeCollections)
    .where(named(merchantId, name));
  return row?.shared === true;
}

interface CountedCollection extends Collection {
  readonly archivedAt: Date | null;
}

/** A merchant's collections by name, those put away too, with how many entries each holds. */
export function selectCollections(executor: Executor, merchantId: string): Promise<CountedCollection[]> {
  return rowsOf<CountedCollection>(
    executor,
    sql`select collection.id, collection.name, count(entry.id)::int as entries,
          (count(entry.id) filter (where entry.status = 'published'))::int as published,
          collection.shared, collection.archived_at as "archivedAt"
        from kb_collections collection left join kb_entries entry on entry.collection_id = collection.id
        where collection.merchant_id = ${merchantId} group by collection.id order by collection.name`,
  );
}

/** What the platform shares, as one merchant sees it; nothing for the platform itself. */
export function selectPlatformCollections(executor: Executor, merchantId: string): Promise<PlatformCollection[]> {
  return rowsOf<PlatformCollection>(
    executor,
    sql`select collection.id, collection.name, not exists (
            select 1 from kb_shared_off off
            where off.collection_id = collection.id and off.merchant_id = ${merchantId}) as enabled,
          (select count(*)::int from kb_entries entry
           where entry.collection_id = collection.id and entry.status = 'published') as published
        from kb_collections collection
        where collection.shared and collection.archived_at is null and collection.merchant_id <> ${merchantId}
        order by collection.name`,
  );
}

export type CollectionRow = typeof knowledgeCollections.$inferSelect;

/** A collection of the merchant, put away or not, locked until the transaction ends. */
export async function lockCollection(
  tx: Transaction,
  merchantId: string,
  id: string,
): Promise<CollectionRow | undefined> {
  const [row] = await tx
    .select()
    .from(knowledgeCollections)
    .where(and(eq(knowledgeCollections.id, id), eq(knowledgeCollections.merchantId, merchantId)))
    .for("update");
  return row;
}

/** Adds a collection. */
export async function insertCollection(
  tx: Transaction,
  row: Pick<CollectionRow, "id" | "merchantId" | "name" | "createdAt">,
): Promise<void> {
  await tx.insert(knowledgeCollections).values(row);
}

export async function changeCollection(
  tx: Transaction,
  id: string,
  change: Partial<Pick<CollectionRow, "name" | "shared" | "archivedAt">>,
): Promise<void> {
  await tx.update(knowledgeCollections).set(change).where(eq(knowledgeCollections.id, id));
}

/** Changes that wait to be published name their collection: they go where it goes. */
export async function renameInPending(tx: Transaction, merchantId: string, from: string, to: string): Promise<void> {
  await rowsOf(
    tx,
    sql`update kb_entries set pending = jsonb_set(pending, '{content,collection}', to_jsonb(${to}::text))
        where merchant_id = ${merchantId} and pending -> 'content' ->> 'collection' = ${from}`,
  );
}

/** Every process looks at these entries again: what may be told of them changed with their collection. */
export async function noteEntriesChanged(tx: Transaction, collectionId: string): Promise<void> {
  await rowsOf(
    tx,
    sql`insert into kb_changes (merchant_id, entry_id)
        select merchant_id, id from kb_entries where collection_id = ${collectionId}`,
  );
}

/**
 * Takes the entries of a collection out of it, then the collection away. An id from an import that an entry without
 * collection has already is given up.
 */
export async function dissolveCollection(tx: Transaction, merchantId: string, id: string): Promise<void> {
  await rowsOf(
    tx,
    sql`update kb_entries entry set collection_id = null, external_id = case when exists (
          select 1 from kb_entries other where other.merchant_id = ${merchantId} and other.collection_id is null
            and other.external_id = entry.external_id) then null else entry.external_id end
        where entry.collection_id = ${id}`,
  );
  await tx.delete(knowledgeCollections).where(eq(knowledgeCollections.id, id));
}

/** Deletes a collection with its entries. */
export async function deleteWithEntries(tx: Transaction, id: string): Promise<void> {
  await rowsOf(tx, sql`delete from kb_entries where collection_id = ${id}`);
  await tx.delete(knowledgeCollections).where(eq(knowledgeCollections.id, id));
}

/** Switches a shared collection on or off for a merchant. @returns false when nobody shares such a collection */
export async function switchShared(
  tx: Transaction,
  merchantId: string,
  id: string,
  enabled: boolean,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: knowledgeCollections.id })
    .from(knowledgeCollections)
    .where(
      and(
        eq(knowledgeCollections.id, id),
        eq(knowledgeCollections.shared, true),
        isNull(knowledgeCollections.archivedAt),
        ne(knowledgeCollections.merchantId, merchantId),
      ),
    );
  if (!row) {
    return false;
  }
  if (enabled) {
    await tx
      .delete(knowledgeSharedOff)
      .where(and(eq(knowledgeSharedOff.collectionId, id), eq(knowledgeSharedOff.merchantId, merchantId)));
  } else {
    await tx.insert(knowledgeSharedOff).values({ merchantId, collectionId: id }).onConflictDoNothing();
  }
  return true;
}

/** Collections of the platform that a merchant's searches see; the platform's own searches see them as its own. */
export function selectSharedIn(
  executor: Executor,
  merchantId: string,
): Promise<(SharedCollection & { readonly name: string })[]> {
  return rowsOf(
    executor,
    sql`select collection.merchant_id as "merchantId", collection.id as "collectionId", collection.name
        from kb_collections collection
        where collection.shared and collection.archived_at is null and collection.merchant_id <> ${merchantId}
          and not exists (select 1 from kb_shared_off off
                          where off.collection_id = collection.id and off.merchant_id = ${merchantId})
        order by collection.id`,
  );
}
