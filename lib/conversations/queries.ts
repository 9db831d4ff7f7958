import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { searchTokens } from "@/lib/core/text";
import { agentCards, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { findConversation, selectMessages } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import type { ConversationCounts, ConversationSummary, ConversationTab, Message } from "./schema";
import { type SummaryRow, toMessage, toSummary } from "./serialize";

const summaryColumns = sql`to_jsonb(c) as row, ch.type as channel_type, ch.name as channel_name, cu.name as customer_name, cu.tags as customer_tags`;
const summaryJoins = sql`join channels ch on ch.id = c.channel_id join customers cu on cu.id = c.customer_id`;

/** Order of each tab and the cursor that continues it: the queue is first come first served, the rest newest first. */
const cursorKey = z.tuple([z.string(), z.string()]);

function tabFilter(context: Context, tab: ConversationTab): SQL {
  switch (tab) {
    case "mine":
      return context.actor.kind === "agent"
        ? sql`c.assignee_id = ${context.actor.agentId} and c.status in ('assigned', 'snoozed')`
        : sql`c.status in ('assigned', 'snoozed')`;
    case "queued":
      return sql`c.status = 'queued'`;
    case "ended":
      return sql`c.status in ('resolved', 'closed')`;
    default:
      return sql`c.status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')`;
  }
}

/** Numbers beside the tabs. */
export async function countConversations(context: Context): Promise<ConversationCounts> {
  const merchantId = merchantOf(context);
  const agentId = context.actor.kind === "agent" ? context.actor.agentId : null;
  const [row] = await rowsOf<{ mine: number; queued: number; all: number }>(
    context.db,
    sql`
    select
      (select count(*)::int from conversations where assignee_id = ${agentId} and status in ('assigned', 'snoozed')) as mine,
      (select count(*)::int from conversations where merchant_id = ${merchantId} and status = 'queued') as queued,
      (select count(*)::int from conversations where merchant_id = ${merchantId}
         and status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')) as all`,
  );
  return row ?? { mine: 0, queued: 0, all: 0 };
}

/** One page of a tab. */
export async function listConversations(
  context: Context,
  query: {
    readonly tab: ConversationTab;
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly search?: string | undefined;
  },
): Promise<{ items: ConversationSummary[]; nextCursor: string | null; counts: ConversationCounts }> {
  const merchantId = merchantOf(context);
  const after = decodeCursor(query.cursor, cursorKey);
  const queue = query.tab === "queued";
  const keyset = after
    ? queue
      ? sql`and (c.queued_at, c.id) > (${after[0]}::timestamptz, ${after[1]})`
      : sql`and (c.listed_at, c.id) < (${after[0]}::timestamptz, ${after[1]})`
    : sql``;
  const name = query.search ? sql`and cu.name ilike ${`%${query.search.replace(/[%_\\]/g, "\\$&")}%`}` : sql``;
  const order = queue ? sql`c.priority desc, c.queued_at, c.id` : sql`c.listed_at desc, c.id desc`;
  const [rows, counts] = await Promise.all([
    rowsOf<SummaryRow & Record<string, unknown>>(
      context.db,
      sql`
      select ${summaryColumns} from conversations c ${summaryJoins}
      where c.merchant_id = ${merchantId} and ${tabFilter(context, query.tab)} ${keyset} ${name}
      order by ${order} limit ${query.limit + 1}`,
    ),
    countConversations(context),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1)?.row;
  const cards = await agentCards(
    context.db,
    page.flatMap((found) => found.row.assignee_id ?? []),
  );
  return {
    items: page.map((found) => toSummary(found, cards)),
    nextCursor:
      rows.length > query.limit && last
        ? encodeCursor([(queue ? last.queued_at : last.listed_at) ?? "", last.id])
        : null,
    counts,
  };
}

/** One conversation of the caller's merchant. @throws AppError not_found */
export async function getConversation(context: Context, id: string): Promise<ConversationSummary> {
  const [found] = await rowsOf<SummaryRow & Record<string, unknown>>(
    context.db,
    sql`
    select ${summaryColumns} from conversations c ${summaryJoins} where c.id = ${id} and c.merchant_id = ${merchantOf(context)}`,
  );
  if (!found) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return toSummary(found, await agentCards(context.db, found.row.assignee_id ? [found.row.assignee_id] : []));
}

export interface MessageRange {
  readonly afterSeq?: number | undefined;
  readonly beforeSeq?: number | undefined;
  readonly limit: number;
}

async function wire(context: Context, rows: readonly MessageRow[]): Promise<Message[]> {
  const authors = rows.flatMap((row) => (row.author_kind === "agent" && row.author_id ? [row.author_id] : []));
  const cards = await agentCards(context.db, authors);
  return rows.map((row) => toMessage(row, cards, context.now()));
}

/** Messages of a conversation for agents, internal notes too. @throws AppError not_found */
export async function listMessages(
  context: Context,
  id: string,
  range: MessageRange,
): Promise<{ items: Message[]; hasMore: boolean }> {
  if (!(await findConversation(context.db, merchantOf(context), id))) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const page = await selectMessages(context.db, id, { ...range, publicOnly: false });
  return { items: await wire(context, page.items), hasMore: page.hasMore };
}

/** Messages that the visitor of the conversation may see. The caller has checked that it is theirs. */
export async function listPublicMessages(
  context: Context,
  id: string,
  range: MessageRange,
): Promise<{ items: Message[]; hasMore: boolean }> {
  const page = await selectMessages(context.db, id, { ...range, publicOnly: true });
  return { items: await wire(context, page.items), hasMore: page.hasMore };
}

/** What the bot reads: the conversation and its last public messages, oldest first; undefined when it is gone. */
export async function botView(
  context: Context,
  id: string,
): Promise<{ conversation: ConversationRow; messages: readonly MessageRow[] } | undefined> {
  const conversation = await findConversation(context.db, merchantOf(context), id);
  if (!conversation) {
    return undefined;
  }
  const page = await selectMessages(context.db, id, { limit: 20, publicOnly: true });
  return { conversation, messages: page.items };
}

/**
 * Messages that contain all words of `q`, newest first.
 *
 * The materialised step is a fence: without it the planner walks the time index backwards and needs 94–212 ms for a
 * term that occurs nowhere (performance.md section 6).
 */
export async function searchMessages(
  context: Context,
  query: { readonly q: string; readonly limit: number },
): Promise<(Message & { customerName: string | null })[]> {
  const tokens = searchTokens(query.q);
  if (tokens.length === 0) {
    return [];
  }
  const rows = await rowsOf<{ row: MessageRow; customer_name: string | null }>(
    context.db,
    sql`
    with hits as materialized (
      select m.id, m.created_at from messages m
      where m.tokens @> ${sql.param(tokens)}::text[] and m.merchant_id = ${merchantOf(context)} and m.recalled_at is null
      limit 5000
    )
    select to_jsonb(m) - 'tokens' as row, cu.name as customer_name
    from (select id from hits order by created_at desc limit ${query.limit}) newest
    join messages m on m.id = newest.id
    join conversations c on c.id = m.conversation_id
    join customers cu on cu.id = c.customer_id
    order by m.created_at desc`,
  );
  const messages = await wire(
    context,
    rows.map((found) => found.row),
  );
  return messages.map((message, index) => ({ ...message, customerName: rows[index]?.customer_name ?? null }));
}

/** The row itself, for those who only need to know whose it is; undefined when this merchant has none such. */
export function conversationRow(
  context: Context,
  merchantId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  return findConversation(context.db, merchantId, id);
}
