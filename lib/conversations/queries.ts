import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { agentCards, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { findConversation, selectMessages } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import type { ConversationCounts, ConversationSummary, ConversationTab, Message } from "./schema";
import { type SummaryRow, toMessage, toSummary } from "./serialize";

const agentIdOf = (context: Context): string | null => (context.actor.kind === "agent" ? context.actor.agentId : null);

/** True for a conversation `c` that the agent works on beside its assignee. */
const collaborates = (agentId: string | null): SQL =>
  sql`exists (select 1 from participants p where p.conversation_id = c.id and p.agent_id = ${agentId}
        and p.collaborating_since is not null)`;

const summaryColumns = (context: Context): SQL =>
  sql`to_jsonb(c) as row, ch.type as channel_type, ch.name as channel_name, cu.name as customer_name,
      cu.tags as customer_tags, cu.avatar_file_id as customer_avatar, tm.name as team_name, ${collaborates(agentIdOf(context))} as collaborating`;
const summaryJoins = sql`join channels ch on ch.id = c.channel_id join customers cu on cu.id = c.customer_id
  left join teams tm on tm.id = c.team_id`;

/** Where a page ended: the queue goes by priority, then first come first served; the rest newest first. */
const listedKey = z.tuple([z.iso.datetime({ offset: true }), z.string()]);
const queuedKey = z.tuple([z.int(), z.iso.datetime({ offset: true }), z.string()]);

/** Numbers stop here; the desk shows "99+" long before. Counting on would cost more the more is left lying. */
const COUNT_LIMIT = 1_000;

function tabFilter(context: Context, tab: ConversationTab): SQL {
  switch (tab) {
    case "mine":
      return context.actor.kind === "agent"
        ? sql`c.assignee_id = ${context.actor.agentId} and c.status in ('assigned', 'snoozed')`
        : sql`c.status in ('assigned', 'snoozed')`;
    case "involved":
      return sql`c.id in (select conversation_id from participants p
          where p.agent_id = ${agentIdOf(context)} and p.collaborating_since is not null)
        and c.assignee_id is distinct from ${agentIdOf(context)} and c.status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')`;
    case "queued":
      return sql`c.status = 'queued'`;
    case "ended":
      return sql`c.status in ('resolved', 'closed')`;
    default:
      return sql`c.status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')`;
  }
}

/** Numbers beside the tabs, each at most COUNT_LIMIT. */
export async function countConversations(context: Context): Promise<ConversationCounts> {
  const merchantId = merchantOf(context);
  const agentId = agentIdOf(context);
  const counted = (where: SQL): SQL =>
    sql`(select count(*)::int from (select 1 from conversations where ${where} limit ${COUNT_LIMIT}) found)`;
  const [row] = await rowsOf<ConversationCounts & Record<string, unknown>>(
    context.db,
    sql`
    select
      ${counted(sql`assignee_id = ${agentId} and status in ('assigned', 'snoozed')`)} as mine,
      (select count(*)::int from (
        select 1 from participants p join conversations c on c.id = p.conversation_id
        where p.agent_id = ${agentId} and p.collaborating_since is not null
          and c.assignee_id is distinct from ${agentId} and c.status in ('bot', 'queued', 'assigned', 'snoozed', 'offline') limit ${COUNT_LIMIT}) found) as involved,
      ${counted(sql`merchant_id = ${merchantId} and status = 'queued'`)} as queued,
      ${counted(sql`merchant_id = ${merchantId} and status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')`)} as all`,
  );
  return row ?? { mine: 0, involved: 0, queued: 0, all: 0 };
}

function afterListed(cursor: string | undefined): SQL {
  const after = decodeCursor(cursor, listedKey);
  return after ? sql`and (c.listed_at, c.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``;
}

/** Falling priority and rising time do not compare as one row; the first condition is what the index starts from. */
function afterQueued(cursor: string | undefined): SQL {
  const after = decodeCursor(cursor, queuedKey);
  return after
    ? sql`and c.priority <= ${after[0]}
          and (c.priority < ${after[0]} or (c.queued_at, c.id) > (${after[1]}::timestamptz, ${after[2]}))`
    : sql``;
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
  const queue = query.tab === "queued";
  const keyset = queue ? afterQueued(query.cursor) : afterListed(query.cursor);
  const name = query.search ? sql`and cu.name ilike ${`%${query.search.replace(/[%_\\]/g, "\\$&")}%`}` : sql``;
  const order = queue ? sql`c.priority desc, c.queued_at, c.id` : sql`c.listed_at desc, c.id desc`;
  const [rows, counts] = await Promise.all([
    rowsOf<SummaryRow & Record<string, unknown>>(
      context.db,
      sql`
      select ${summaryColumns(context)} from conversations c ${summaryJoins}
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
    items: page.map((found) => toSummary(found, cards, context.now())),
    nextCursor:
      rows.length > query.limit && last
        ? encodeCursor(queue ? [last.priority, last.queued_at ?? "", last.id] : [last.listed_at, last.id])
        : null,
    counts,
  };
}

/** One conversation of the caller's merchant. @throws AppError not_found */
export async function getConversation(context: Context, id: string): Promise<ConversationSummary> {
  const [found] = await rowsOf<SummaryRow & Record<string, unknown>>(
    context.db,
    sql`
    select ${summaryColumns(context)} from conversations c ${summaryJoins} where c.id = ${id} and c.merchant_id = ${merchantOf(context)}`,
  );
  if (!found) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const cards = await agentCards(context.db, found.row.assignee_id ? [found.row.assignee_id] : []);
  return toSummary(found, cards, context.now());
}

export interface MessageRange {
  readonly afterSeq?: number | undefined;
  readonly beforeSeq?: number | undefined;
  readonly limit: number;
}

/** Rows → what agents see. */
export async function wire(context: Context, rows: readonly MessageRow[]): Promise<Message[]> {
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

/** The row itself, for those who only need to know whose it is; undefined when this merchant has none such. */
export function conversationRow(
  context: Context,
  merchantId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  return findConversation(context.db, merchantId, id);
}
