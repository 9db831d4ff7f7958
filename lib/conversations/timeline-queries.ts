import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor, type PageQuery } from "@/lib/core/pagination";
import { previewOf } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { type TimelineItem, timelineItem } from "./timeline-contracts";

/** Where a page ended. */
const key = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly kind: TimelineItem["kind"];
  /** With microseconds: what the next page starts after. */
  readonly at: string;
  readonly conversationId: string | null;
  readonly told: Readonly<Record<string, unknown>>;
}

/** A piece of the union: newest first, and not more of it than a page has. */
type Slice = (at: SQL, id: SQL) => SQL;

const isWebPage = sql`c.context ->> 'url' ~* '^https?://'`;

const conversations = (slice: Slice, merchantId: string, customerId: string): SQL => sql`
  select c.id, 'conversation' as kind, c.created_at as at, c.id as "conversationId", jsonb_build_object(
    'status', c.status, 'channel', jsonb_build_object('type', ch.type, 'name', ch.name),
    'preview', c.last_message_preview, 'agent', u.name,
    'page', case when ${isWebPage} then jsonb_build_object('url', c.context ->> 'url', 'title', coalesce(c.context ->> 'title', '')) end) as told
  from conversations c join channels ch on ch.id = c.channel_id
  left join memberships a on a.id = c.assignee_id left join users u on u.id = a.user_id
  where c.merchant_id = ${merchantId} and c.customer_id = ${customerId} ${slice(sql`c.created_at`, sql`c.id`)}`;

/** Notes of people, and what the customer did on their platform. Other lines of the product stand in the thread only. */
const insideLines = (slice: Slice, merchantId: string, customerId: string): SQL => sql`
  select m.id, case when m.author_kind = 'system' then 'event' else 'note' end, m.created_at, m.conversation_id,
    jsonb_build_object('seq', m.seq, 'text', m.text, 'agent', u.name,
      'key', m.parts -> 0 ->> 'key', 'values', coalesce(m.parts -> 0 -> 'values', '{}'))
  from conversations c join messages m on m.conversation_id = c.id
  left join memberships a on a.id = m.author_id left join users u on u.id = a.user_id
  where c.merchant_id = ${merchantId} and c.customer_id = ${customerId} and m.recalled_at is null
    and (m.visibility = 'internal' and m.author_kind = 'agent'
      or m.author_kind = 'system' and m.parts -> 0 ->> 'key' like 'channel_event.%')
    ${slice(sql`m.created_at`, sql`m.id`)}`;

const stars = (slice: Slice, merchantId: string, customerId: string): SQL => sql`
  select r.id, 'rating', r.created_at, r.conversation_id,
    jsonb_build_object('stars', r.stars, 'tags', r.tags, 'comment', r.comment)
  from conversations c join ratings r on r.conversation_id = c.id
  where c.merchant_id = ${merchantId} and c.customer_id = ${customerId} ${slice(sql`r.created_at`, sql`r.id`)}`;

/** What was done to the profile, and to those that became part of it. */
const profile = (slice: Slice, merchantId: string, customerId: string): SQL => sql`
  select l.id, case l.action when 'customer.merged' then 'merged' when 'customer.blocked' then 'blocked' else 'tags' end,
    l.created_at, null, jsonb_build_object('before', l.before -> 'tags', 'after', l.after -> 'tags', 'agent', l.actor_name)
  from audit_log l
  where l.merchant_id = ${merchantId} and l.target_type = 'customer'
    and l.target_id in (select ${customerId} union all
      select g.before ->> 'customerId' from audit_log g where g.merchant_id = ${merchantId}
        and g.target_type = 'customer' and g.target_id = ${customerId} and g.action = 'customer.merged')
    and (l.action in ('customer.merged', 'customer.blocked') or l.action = 'customer.updated' and l.after ? 'tags')
    ${slice(sql`l.created_at`, sql`l.id`)}`;

const words = z.array(z.string()).catch([]);

/** Row → what travels; the schema takes of `told` what belongs to the kind. */
function toItem({ id, kind, at, conversationId, told }: Row): TimelineItem {
  const before = words.parse(told["before"]);
  const after = words.parse(told["after"]);
  return timelineItem.parse({
    ...told,
    ...(kind === "note" && { text: previewOf(String(told["text"])) }),
    ...(kind === "tags" && {
      added: after.filter((tag) => !before.includes(tag)),
      removed: before.filter((tag) => !after.includes(tag)),
    }),
    id,
    kind,
    conversationId,
    at: new Date(at).toISOString(),
  });
}

/**
 * One page of all that happened with a customer, over all their channels and whatever profiles became this one (A5).
 *
 * @throws AppError not_found `customer_not_found`
 */
export async function customerTimeline(
  context: Context,
  id: string,
  query: PageQuery,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  const merchantId = merchantOf(context);
  const [known] = await rowsOf(
    context.db,
    sql`select 1 from customers where id = ${id} and merchant_id = ${merchantId}`,
  );
  if (!known) {
    throw new AppError("not_found", "customer_not_found");
  }
  const after = decodeCursor(query.cursor, key);
  const slice: Slice = (at, rowId) => sql`
    ${after ? sql`and (${at}, ${rowId}) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
    order by ${at} desc, ${rowId} desc limit ${query.limit + 1}`;
  const parts = [conversations, insideLines, stars, profile].map((part) => sql`(${part(slice, merchantId, id)})`);
  const rows = await rowsOf<Row>(
    context.db,
    sql`select id, kind, to_jsonb(at) #>> '{}' as at, "conversationId", told
        from (${sql.join(parts, sql` union all `)}) happened
        order by happened.at desc, id desc limit ${query.limit + 1}`,
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(toItem),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.at, last.id]) : null,
  };
}
