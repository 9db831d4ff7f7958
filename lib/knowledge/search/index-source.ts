import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import type { IndexedEntry } from "./entry-index";

/** Rows read at once while an index is made. */
const PAGE = 400;

// Times as numbers, as the index keeps them.
const limits = sql`(extract(epoch from valid_from) * 1000)::float8 as "validFrom",
  (extract(epoch from valid_until) * 1000)::float8 as "validUntil", channel_ids as "channelIds", audience`;
const columns = sql`id, question, variants, left(answer, 1000) as answer, language, ${limits}`;

// The service whose vectors a merchant's searches use, with the version of its settings; null: no service.
const modelOf = (merchantId: string) =>
  sql`(select i.embedder_id || ':' || e.version from kb_vector_indexes i join kb_embedders e on e.id = i.embedder_id
       where i.merchant_id = ${merchantId} and i.state = 'active')`;

export interface SourceMark {
  /** From where to ask for changes next time. */
  readonly mark: string;
  /** Mark of the model (vector-model.ts); null: the one of the installation. */
  readonly model: string | null;
}

/**
 * Changes of a merchant's entries from a mark on, and the mark to ask from next time. Marks are transaction numbers: all
 * that commits after this statement began has a number at or past the new mark, however long its transaction took.
 */
export async function changesSince(
  db: Database,
  merchantId: string,
  mark: string,
): Promise<SourceMark & { changes: readonly { readonly change: string; readonly entryId: string }[] }> {
  const rows = await rowsOf<SourceMark & { change: string | null; entry_id: string | null }>(
    db,
    sql`select now.mark, now.model, changes.id::text as change, changes.entry_id
        from (select pg_snapshot_xmin(pg_current_snapshot())::text as mark, ${modelOf(merchantId)} as model) now
        left join kb_changes changes on changes.merchant_id = ${merchantId} and changes.transaction >= ${mark}::xid8`,
  );
  return {
    mark: rows[0]?.mark ?? mark,
    model: rows[0]?.model ?? null,
    changes: rows.flatMap((row) => (row.change && row.entry_id ? [{ change: row.change, entryId: row.entry_id }] : [])),
  };
}

/** The mark of now, before a first reading. Forgets changes that every process has long seen. */
export async function startMark(db: Database, merchantId: string): Promise<SourceMark> {
  await rowsOf(
    db,
    sql`delete from kb_changes where merchant_id = ${merchantId} and changed_at < now() - interval '1 day'`,
  );
  const [row] = await rowsOf<SourceMark>(
    db,
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as mark, ${modelOf(merchantId)} as model`,
  );
  return row ?? { mark: "0", model: null };
}

// A collection that was put away takes its entries with it.
const told = sql`status = 'published' and not exists (
  select 1 from kb_collections put_away where put_away.id = collection_id and put_away.archived_at is not null)`;

const within = (collectionId: string | undefined) =>
  collectionId === undefined ? sql`` : sql`and collection_id = ${collectionId}`;

/** All published entries of a merchant, or of one collection, page by page. */
export async function* publishedPages(
  db: Database,
  merchantId: string,
  collectionId?: string,
): AsyncGenerator<readonly IndexedEntry[]> {
  let after = "";
  for (;;) {
    const rows = await rowsOf<IndexedEntry>(
      db,
      sql`select ${columns} from kb_entries
          where merchant_id = ${merchantId} and ${told} ${within(collectionId)} and id > ${after} order by id limit ${PAGE}`,
    );
    if (rows.length > 0) {
      yield rows;
    }
    if (rows.length < PAGE) {
      return;
    }
    after = rows.at(-1)?.id ?? after;
  }
}

/** Those of some entries that are published, in one collection when it is named. */
export function publishedAmong(
  db: Database,
  merchantId: string,
  ids: readonly string[],
  collectionId?: string,
): Promise<IndexedEntry[]> {
  return rowsOf<IndexedEntry>(
    db,
    sql`select ${columns} from kb_entries
        where merchant_id = ${merchantId} and ${told} ${within(collectionId)} and id = any(${sql.param(ids)})`,
  );
}

/** A found entry as a search answers it. */
export type StoredAnswer = Required<IndexedEntry> & {
  readonly external_id: string | null;
  readonly category: string;
  readonly fileIds: readonly string[];
};

/** Found entries with their whole text, while they are published: the index may be a moment behind. */
export function answersOf(db: Database, merchantId: string, ids: readonly string[]): Promise<StoredAnswer[]> {
  return rowsOf<StoredAnswer>(
    db,
    sql`select id, external_id, question, variants, answer, category, language, file_ids as "fileIds", ${limits}
        from kb_entries where merchant_id = ${merchantId} and ${told} and id = any(${sql.param(ids)})`,
  );
}

/** Merchants with published entries and a conversation that began within a month, the latest first. */
export function merchantsInUse(db: Database): Promise<{ merchantId: string; published: number }[]> {
  return rowsOf<{ merchantId: string; published: number }>(
    db,
    sql`select known.merchant_id as "merchantId", known.published
        from (select merchant_id, count(*)::int as published from kb_entries where status = 'published'
              group by merchant_id) known
        join lateral (
          select max(created_at) as at from conversations where conversations.merchant_id = known.merchant_id) latest on true
        where latest.at > now() - interval '30 days' order by latest.at desc`,
  );
}
