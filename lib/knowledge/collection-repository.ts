import { and, eq, isNull, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeCollections } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import type { Collection } from "./schema";
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

/** A merchant's collections by name, with how many entries each holds. */
export function selectCollections(executor: Executor, merchantId: string): Promise<Collection[]> {
  return rowsOf<Collection>(
    executor,
    sql`select collection.id, collection.name, count(entry.id)::int as entries,
          (count(entry.id) filter (where entry.status = 'published'))::int as published
        from kb_collections collection left join kb_entries entry on entry.collection_id = collection.id
        where collection.merchant_id = ${merchantId} group by collection.id order by collection.name`,
  );
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
