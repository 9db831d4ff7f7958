import { and, desc, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { knowledgeCollections, knowledgeEntries } from "@/db/schema/knowledge";
import { isId } from "@/lib/core/ids";
import { type Audience, COUNTED_MAX, type EntryKind, type EntryStatus } from "./schema";
import type { SharedCollection } from "./search/search";

export type EntryRow = typeof knowledgeEntries.$inferSelect;
export type NewEntry = typeof knowledgeEntries.$inferInsert;

// The vector is for the index alone and can be as large as the rest of the row together.
const columns = {
  id: knowledgeEntries.id,
  merchantId: knowledgeEntries.merchantId,
  /** Name of the collection; empty: none. */
  collection: sql<string>`coalesce((select ${knowledgeCollections.name} from ${knowledgeCollections} where ${knowledgeCollections.id} = ${sql.raw('"kb_entries"."collection_id"')}), '')`,
  kind: knowledgeEntries.kind,
  status: knowledgeEntries.status,
  question: knowledgeEntries.question,
  variants: knowledgeEntries.variants,
  answer: knowledgeEntries.answer,
  category: knowledgeEntries.category,
  tags: knowledgeEntries.tags,
  language: knowledgeEntries.language,
  validFrom: knowledgeEntries.validFrom,
  validUntil: knowledgeEntries.validUntil,
  channelIds: knowledgeEntries.channelIds,
  audience: knowledgeEntries.audience,
  ownerId: knowledgeEntries.ownerId,
  reviewOn: knowledgeEntries.reviewOn,
  fileIds: knowledgeEntries.fileIds,
  pending: knowledgeEntries.pending,
  externalId: knowledgeEntries.externalId,
  document: knowledgeEntries.document,
  source: knowledgeEntries.source,
  version: knowledgeEntries.version,
  usedCount: knowledgeEntries.usedCount,
  publishedAt: knowledgeEntries.publishedAt,
  updatedBy: knowledgeEntries.updatedBy,
  updatedAt: knowledgeEntries.updatedAt,
  createdAt: knowledgeEntries.createdAt,
};

export type StoredEntry = Pick<EntryRow, Exclude<keyof typeof columns, "collection">> & { readonly collection: string };

const ofMerchant = (merchantId: string, id: string) =>
  and(eq(knowledgeEntries.id, id), eq(knowledgeEntries.merchantId, merchantId));

/** An entry of this merchant. */
export async function findEntry(executor: Executor, merchantId: string, id: string): Promise<StoredEntry | undefined> {
  const [row] = await executor.select(columns).from(knowledgeEntries).where(ofMerchant(merchantId, id));
  return row;
}

/** A published entry of this merchant, or of a collection that is shared with it. Its limits are for the caller to check. */
export async function findToldEntry(
  executor: Executor,
  from: { readonly merchantId: string; readonly shared: readonly SharedCollection[] },
  id: string,
): Promise<StoredEntry | undefined> {
  const sharedIds = from.shared.map(({ collectionId }) => collectionId);
  const [row] = await executor
    .select(columns)
    .from(knowledgeEntries)
    .leftJoin(knowledgeCollections, eq(knowledgeCollections.id, knowledgeEntries.collectionId))
    .where(
      and(
        eq(knowledgeEntries.id, id),
        eq(knowledgeEntries.status, "published"),
        isNull(knowledgeCollections.archivedAt),
        or(eq(knowledgeEntries.merchantId, from.merchantId), inArray(knowledgeEntries.collectionId, sharedIds)),
      ),
    );
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockEntry(tx: Transaction, merchantId: string, id: string): Promise<StoredEntry | undefined> {
  const [row] = await tx.select(columns).from(knowledgeEntries).where(ofMerchant(merchantId, id)).for("update");
  return row;
}

export interface EntryFilter {
  readonly status?: EntryStatus | undefined;
  readonly kind?: EntryKind | undefined;
  readonly owner?: string | undefined;
  readonly audience?: Audience | undefined;
  /** `due`: its day of review has come. `changed`: published, with changes that wait. */
  readonly attention?: "due" | "changed" | undefined;
  readonly category?: string | undefined;
  readonly language?: string | undefined;
  /** Name; empty: entries in no collection. */
  readonly collection?: string | undefined;
  readonly search?: string | undefined;
}

function inCollection(merchantId: string, name: string | undefined) {
  if (name === undefined) {
    return undefined;
  }
  return name === ""
    ? isNull(knowledgeEntries.collectionId)
    : sql`${knowledgeEntries.collectionId} = (
        select id from kb_collections where merchant_id = ${merchantId} and name = ${name} and archived_at is null)`;
}

// The entries of a collection that was put away come back with it.
// A list of ids, not a join: with a join the planner reads all entries before it sorts.
const notPutAway = sql`(${knowledgeEntries.collectionId} is null or ${knowledgeEntries.collectionId} not in (
  select id from kb_collections where archived_at is not null))`;

function inState(status: EntryStatus | undefined) {
  switch (status) {
    case undefined:
      return ne(knowledgeEntries.status, "archived");
    case "review":
      return or(eq(knowledgeEntries.status, "review"), sql`${knowledgeEntries.pending} ->> 'status' = 'review'`);
    default:
      return eq(knowledgeEntries.status, status);
  }
}

function needing(merchantId: string, attention: "due" | "changed") {
  return attention === "changed"
    ? isNotNull(knowledgeEntries.pending)
    : sql`${knowledgeEntries.reviewOn} <= (now() at time zone (
        select timezone from merchants where id = ${merchantId}))::date`;
}

function filtered(merchantId: string, filter: EntryFilter) {
  const pattern = `%${(filter.search ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  return and(
    eq(knowledgeEntries.merchantId, merchantId),
    inState(filter.status),
    notPutAway,
    filter.kind ? eq(knowledgeEntries.kind, filter.kind) : undefined,
    filter.owner ? eq(knowledgeEntries.ownerId, filter.owner) : undefined,
    filter.audience ? eq(knowledgeEntries.audience, filter.audience) : undefined,
    filter.attention ? needing(merchantId, filter.attention) : undefined,
    filter.category === undefined ? undefined : eq(knowledgeEntries.category, filter.category),
    inCollection(merchantId, filter.collection),
    filter.language ? eq(knowledgeEntries.language, filter.language) : undefined,
    // Pairs of characters stand in an index; whether they stand together as well, the text itself says.
    filter.search
      ? sql`pairs_of(entry_text(question, variants, answer)) @> pairs_of(${filter.search})
          and entry_text(question, variants, answer) ilike ${pattern}`
      : undefined,
  );
}

/** Entries, last changed first; `after` is the sort key of the last row of the page before. */
export function selectEntries(
  executor: Executor,
  merchantId: string,
  query: EntryFilter & { readonly after?: readonly [string, string] | undefined; readonly limit: number },
): Promise<StoredEntry[]> {
  return executor
    .select(columns)
    .from(knowledgeEntries)
    .where(
      and(
        filtered(merchantId, query),
        query.after
          ? sql`(${knowledgeEntries.updatedAt}, ${knowledgeEntries.id}) < (${query.after[0]}::timestamptz, ${query.after[1]})`
          : undefined,
      ),
    )
    .orderBy(desc(knowledgeEntries.updatedAt), desc(knowledgeEntries.id))
    .limit(query.limit);
}

/** How many entries the filter lets through; COUNTED_MAX + 1 for more than that. */
export async function countEntries(executor: Executor, merchantId: string, filter: EntryFilter): Promise<number> {
  const found = executor
    .select({ id: knowledgeEntries.id })
    .from(knowledgeEntries)
    .where(filtered(merchantId, filter))
    .limit(COUNTED_MAX + 1);
  const [row] = await rowsOf<{ count: number }>(executor, sql`select count(*)::int as count from ${found} as found`);
  return row?.count ?? 0;
}

/** Categories in use, by name: from one to the next by the index, not by reading every entry. */
export async function selectCategories(executor: Executor, merchantId: string): Promise<string[]> {
  const next = (after: SQL) => sql`(select category from kb_entries
    where merchant_id = ${merchantId} and category > ${after} order by category limit 1)`;
  const rows = await rowsOf<{ category: string }>(
    executor,
    sql`with recursive used as (
          select ${next(sql`''`)} as category
          union all select ${next(sql`used.category`)} from used where used.category is not null)
        select category from used where category is not null limit 1000`,
  );
  return rows.map(({ category }) => category);
}

/** Adds entries. @throws a unique violation for an external id that the merchant already has */
export function insertEntries(tx: Transaction, values: readonly NewEntry[]): Promise<StoredEntry[]> {
  return tx
    .insert(knowledgeEntries)
    .values([...values])
    .returning(columns);
}

export async function changeEntry(
  tx: Transaction,
  id: string,
  change: Partial<NewEntry>,
): Promise<StoredEntry | undefined> {
  const [row] = await tx
    .update(knowledgeEntries)
    .set({ ...change, version: sql`${knowledgeEntries.version} + 1` })
    .where(eq(knowledgeEntries.id, id))
    .returning(columns);
  return row;
}

export async function removeEntry(tx: Transaction, id: string): Promise<void> {
  await tx.delete(knowledgeEntries).where(eq(knowledgeEntries.id, id));
}

/** By the integrator's ids, or by our own: an export gives these for entries that were written here. */
function knownAs(ids: readonly string[]) {
  const own = ids.filter((id) => isId("entry", id));
  const given = sql`${knowledgeEntries.externalId} = any(${sql.param(ids)})`;
  return own.length > 0 ? or(given, inArray(knowledgeEntries.id, own)) : given;
}

/** The id among these that an entry is known by. */
export function knownId(row: StoredEntry, ids: { has(id: string): boolean }): string {
  return row.externalId !== null && ids.has(row.externalId) ? row.externalId : row.id;
}

/** Entries of a collection (empty: of none), by the ids of an import. */
export function selectByExternalIds(
  executor: Executor,
  merchantId: string,
  collection: string,
  externalIds: readonly string[],
): Promise<StoredEntry[]> {
  return executor
    .select(columns)
    .from(knowledgeEntries)
    .where(
      and(eq(knowledgeEntries.merchantId, merchantId), inCollection(merchantId, collection), knownAs(externalIds)),
    );
}

/** Entries of a collection (null: of none), by the ids of an import; locked until the transaction ends. */
export function lockByExternalIds(
  tx: Transaction,
  merchantId: string,
  collectionId: string | null,
  externalIds: readonly string[],
): Promise<StoredEntry[]> {
  return tx
    .select(columns)
    .from(knowledgeEntries)
    .where(
      and(
        eq(knowledgeEntries.merchantId, merchantId),
        collectionId === null ? isNull(knowledgeEntries.collectionId) : eq(knowledgeEntries.collectionId, collectionId),
        knownAs(externalIds),
      ),
    )
    .orderBy(knowledgeEntries.id)
    .for("update");
}

/** Whether a collection (null: none) has an entry from an import under this id. */
export async function hasExternalId(
  tx: Transaction,
  merchantId: string,
  collectionId: string | null,
  externalId: string,
): Promise<boolean> {
  return (await lockByExternalIds(tx, merchantId, collectionId, [externalId])).length > 0;
}

/** Counts one use of each entry. Not a change of the entry: version and time stay. */
export async function countUses(executor: Executor, merchantId: string, ids: readonly string[]): Promise<void> {
  await executor
    .update(knowledgeEntries)
    .set({ usedCount: sql`${knowledgeEntries.usedCount} + 1` })
    .where(
      and(
        inArray(knowledgeEntries.id, [...ids]),
        or(
          eq(knowledgeEntries.merchantId, merchantId),
          sql`exists (select 1 from kb_collections c where c.id = ${knowledgeEntries.collectionId} and c.shared)`,
        ),
      ),
    );
}
