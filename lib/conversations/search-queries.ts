import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { searchTokens } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { wire } from "./queries";
import type { MessageRow } from "./rows";
import type { Message } from "./schema";
import { hasFilters, type SearchFilters } from "./search-schema";

/**
 * Messages of a merchant that a search looks through one by one before it asks the index. A word that twenty of them
 * contain is found in a few hundred; a rarer one stands in so few messages that fetching them all is cheap.
 */
const SEARCH_RECENT = 5_000;
/** Without words there is no index to ask: only so many of the newest messages are looked through. */
const BROWSED = 50_000;

const AUTHORS = {
  customer: sql`m.author_kind = 'visitor'`,
  agent: sql`m.author_kind = 'agent' and m.visibility = 'public'`,
  bot: sql`m.author_kind = 'bot'`,
  note: sql`m.author_kind = 'agent' and m.visibility = 'internal'`,
} as const;

/** The filters as conditions over `m`, `c`, `cu`, `ch` and `me` (the merchant). */
function conditionsOf(filters: SearchFilters): SQL {
  const day = (value: string, more: number): SQL =>
    sql`((${value}::date + ${more}::int)::timestamp at time zone me.timezone)`;
  const conditions: SQL[] = [
    ...(filters.from ? [AUTHORS[filters.from]] : []),
    ...(filters.channel ? [sql`ch.type = ${filters.channel}`] : []),
    ...(filters.agent ? [sql`(m.author_id = ${filters.agent} or c.assignee_id = ${filters.agent})`] : []),
    ...(filters.tag ? [sql`${filters.tag} = any(cu.tags)`] : []),
    ...(filters.since ? [sql`m.created_at >= ${day(filters.since, 0)}`] : []),
    ...(filters.until ? [sql`m.created_at < ${day(filters.until, 1)}`] : []),
    ...(filters.file ? [sql`(m.parts @> '[{"type": "image"}]' or m.parts @> '[{"type": "file"}]')`] : []),
  ];
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`;
}

const joins = sql`join conversations c on c.id = m.conversation_id join customers cu on cu.id = c.customer_id
  join channels ch on ch.id = c.channel_id join merchants me on me.id = m.merchant_id`;

/** Ids of the newest messages that contain all words. */
function hitsOf(merchantId: string, tokens: readonly string[], filters: SearchFilters, limit: number): SQL {
  const words = sql.param([...tokens]);
  const narrow = hasFilters(filters);
  const conditions = conditionsOf(filters);
  const fits = (found: SQL): SQL =>
    narrow
      ? sql`select m.id, m.created_at from ${found} f join messages m on m.id = f.id ${joins} where true ${conditions}`
      : sql`select id, created_at from ${found} f`;
  return sql`
    recent as materialized (
      select id, created_at, tokens from messages
      where merchant_id = ${merchantId} and recalled_at is null order by created_at desc limit ${SEARCH_RECENT}
    ), spotted as materialized (
      select id, created_at from recent where tokens @> ${words}::text[]
    ), near as materialized (
      ${fits(sql`spotted`)} limit ${limit}
    ), indexed as materialized (
      select id, created_at from messages
      where (select count(*) from near) < ${limit}
        and array_append(tokens, merchant_id) @> ${sql.param([...tokens, merchantId])}::text[] and recalled_at is null
    ), hits as (
      select id from (select * from near where (select count(*) from near) >= ${limit}
                      union all (${fits(sql`indexed`)})) found order by created_at desc, id desc limit ${limit}
    )`;
}

/** Ids of the newest messages that only the filters describe. */
function browse(merchantId: string, filters: SearchFilters, limit: number): SQL {
  return sql`
    recent as materialized (
      select id from messages where merchant_id = ${merchantId} and recalled_at is null
      order by created_at desc limit ${BROWSED}
    ), hits as (
      select m.id from recent r join messages m on m.id = r.id ${joins}
      where m.author_kind <> 'system' ${conditionsOf(filters)} order by m.created_at desc, m.id desc limit ${limit}
    )`;
}

/**
 * Messages that contain all words of `q` and fit the filters, newest first; without words, those that fit the filters.
 *
 * First the newest messages one by one, then, if too few of them match, the index with all there are. The index alone
 * knows no order: for a frequent word it would bring a hundred thousand messages to be sorted. The materialised steps
 * keep the planner from mixing the two ways (performance.md section 6).
 */
export async function searchMessages(
  context: Context,
  { q, limit, ...filters }: { readonly q: string; readonly limit: number } & SearchFilters,
): Promise<(Message & { customerName: string | null })[]> {
  const tokens = searchTokens(q);
  if (tokens.length === 0 && !(q.trim() === "" && hasFilters(filters))) {
    return [];
  }
  const merchantId = merchantOf(context);
  const hits = tokens.length > 0 ? hitsOf(merchantId, tokens, filters, limit) : browse(merchantId, filters, limit);
  const rows = await rowsOf<{ row: MessageRow; customer_name: string | null }>(
    context.db,
    sql`
    with ${hits}
    select to_jsonb(m) - 'tokens' as row, cu.name as customer_name
    from hits
    join messages m on m.id = hits.id
    join conversations c on c.id = m.conversation_id
    join customers cu on cu.id = c.customer_id
    order by m.created_at desc, m.id desc`,
  );
  const messages = await wire(
    context,
    rows.map((found) => found.row),
  );
  return messages.map((message, index) => ({ ...message, customerName: rows[index]?.customer_name ?? null }));
}
