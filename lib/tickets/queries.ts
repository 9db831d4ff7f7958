import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rowsOf } from "@/db/client";
import { customers } from "@/db/schema/customers";
import { teams } from "@/db/schema/identity";
import { ticketEvents } from "@/db/schema/tickets";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor, type PageQuery } from "@/lib/core/pagination";
import { searchTokens } from "@/lib/core/text";
import { agentCards, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import type { ticketQuery } from "./contracts";
import { OPEN_STATUSES } from "./policy";
import { findCustomerByReference, findTicket, type TicketRow } from "./repository";
import type { Ticket, TicketCounts, TicketEvent, TicketSummary, TicketTab } from "./schema";
import { toEvent, toSummary, toTicket } from "./serialize";

export type TicketQuery = z.output<typeof ticketQuery>;

const pageKey = z.tuple([z.iso.datetime(), z.string().max(40)]);
const eventKey = z.tuple([z.int()]);

/** Numbers stop here; the desk shows "99+" long before. */
const COUNT_LIMIT = 1_000;

/** Written out, as in the indexes of db/schema/tickets.ts: a parameter in its place would not match them. */
const isOpen = sql.raw(`t.status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(", ")})`);

const ownId = ({ actor }: Context): string | null => (actor.kind === "agent" ? actor.agentId : null);

function tabFilter(context: Context, tab: TicketTab): SQL {
  switch (tab) {
    case "open":
      return isOpen;
    case "mine":
      return sql`t.assignee_id = ${ownId(context)} and ${isOpen}`;
    case "unassigned":
      return sql`t.assignee_id is null and ${isOpen}`;
    case "ended":
      return sql`t.status in ('resolved', 'closed', 'cancelled')`;
    default:
      return sql`true`;
  }
}

/** All words, or the number. A search without a word in it (signs only) finds nothing. */
function searchFilter(merchantId: string, q: string | undefined): SQL[] {
  if (!q) {
    return [];
  }
  const tokens = searchTokens(q);
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  const words =
    tokens.length === 0
      ? sql`false`
      : sql`array_append(t.tokens, t.merchant_id) @> ${sql.param([...tokens, merchantId])}::text[]`;
  return [number === undefined ? words : sql`(t.number = ${Number(number)} or ${words})`];
}

function filtersOf(context: Context, query: TicketQuery): SQL {
  const merchantId = merchantOf(context);
  const after = decodeCursor(query.cursor, pageKey);
  const { status, priority, assigneeId, teamId, customerId, conversationId } = query;
  const conditions = [
    sql`t.merchant_id = ${merchantId}`,
    tabFilter(context, query.tab),
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(priority ? [sql`t.priority = ${priority}`] : []),
    ...(assigneeId ? [sql`t.assignee_id = ${assigneeId}`] : []),
    ...(teamId ? [sql`t.team_id = ${teamId}`] : []),
    ...(customerId ? [sql`t.customer_id = ${customerId}`] : []),
    ...(conversationId ? [sql`t.conversation_id = ${conversationId}`] : []),
    ...searchFilter(merchantId, query.q),
    ...(after ? [sql`(t.updated_at, t.id) < (${after[0]}::timestamptz, ${after[1]})`] : []),
  ];
  return sql.join(conditions, sql` and `);
}

type ListedRow = Omit<TicketRow, "description" | "resolution" | "sourceKey" | "eventCount">;
type ListedColumns = { readonly [Name in keyof ListedRow]: ListedRow[Name] extends Date ? string : ListedRow[Name] };

const dateOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

function toListed(row: ListedColumns): ListedRow {
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    resolvedAt: dateOf(row.resolvedAt),
    closedAt: dateOf(row.closedAt),
  };
}

/** One page of the merchant's tickets, last changed first. */
export async function listTickets(
  context: Context,
  query: TicketQuery,
): Promise<{ items: TicketSummary[]; nextCursor: string | null }> {
  const rows = await rowsOf<ListedColumns & { customerName: string | null; teamName: string | null }>(
    context.db,
    sql`select t.id, t.merchant_id as "merchantId", t.number, t.subject, t.status, t.priority, t.type, t.source,
          t.customer_id as "customerId", t.conversation_id as "conversationId", t.assignee_id as "assigneeId",
          t.team_id as "teamId", t.revision, t.created_at as "createdAt", t.updated_at as "updatedAt",
          t.resolved_at as "resolvedAt", t.closed_at as "closedAt", cu.name as "customerName", tm.name as "teamName"
        from tickets t left join customers cu on cu.id = t.customer_id left join teams tm on tm.id = t.team_id
        where ${filtersOf(context, query)} order by t.updated_at desc, t.id desc limit ${query.limit + 1}`,
  );
  const page = rows.slice(0, query.limit).map((row) => ({ names: row, row: toListed(row) }));
  const last = page.at(-1)?.row;
  const cards = await agentCards(
    context.db,
    page.flatMap(({ row }) => row.assigneeId ?? []),
  );
  return {
    items: page.map(({ row, names }) => toSummary(row, names, cards)),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null,
  };
}

/** Numbers beside the tabs, each at most COUNT_LIMIT. */
export async function countTickets(context: Context): Promise<TicketCounts> {
  const merchantId = merchantOf(context);
  const counted = (tab: TicketTab): SQL =>
    sql`(select count(*)::int from (select 1 from tickets t
          where t.merchant_id = ${merchantId} and ${tabFilter(context, tab)} limit ${COUNT_LIMIT}) found)`;
  const [row] = await rowsOf<TicketCounts & Record<string, unknown>>(
    context.db,
    sql`select ${counted("open")} as open, ${counted("mine")} as mine, ${counted("unassigned")} as unassigned`,
  );
  return row ?? { open: 0, mine: 0, unassigned: 0 };
}

/** A stored ticket with the names of what it points at. */
export async function describeTicket(executor: Executor, row: TicketRow): Promise<Ticket> {
  const [[customer], [team], cards] = await Promise.all([
    row.customerId === null
      ? []
      : executor.select({ name: customers.name }).from(customers).where(eq(customers.id, row.customerId)),
    row.teamId === null ? [] : executor.select({ name: teams.name }).from(teams).where(eq(teams.id, row.teamId)),
    agentCards(executor, row.assigneeId === null ? [] : [row.assigneeId]),
  ]);
  return toTicket(row, { customerName: customer?.name ?? null, teamName: team?.name ?? null }, cards);
}

async function storedTicket(context: Context, ref: string): Promise<TicketRow> {
  const row = await findTicket(context.db, merchantOf(context), ref);
  if (!row) {
    throw new AppError("not_found", "ticket_not_found");
  }
  return row;
}

/** A ticket of the caller's merchant by id or number. @throws AppError not_found `ticket_not_found` */
export async function getTicket(context: Context, ref: string): Promise<Ticket> {
  return describeTicket(context.db, await storedTicket(context, ref));
}

/** A page of a ticket's history, newest first. @throws AppError not_found `ticket_not_found` */
export async function listTicketEvents(
  context: Context,
  ref: string,
  query: PageQuery,
): Promise<{ items: TicketEvent[]; nextCursor: string | null }> {
  const { id } = await storedTicket(context, ref);
  const before = decodeCursor(query.cursor, eventKey)?.[0];
  const rows = await context.db
    .select()
    .from(ticketEvents)
    .where(and(eq(ticketEvents.ticketId, id), before === undefined ? undefined : lt(ticketEvents.position, before)))
    .orderBy(desc(ticketEvents.position))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(toEvent),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.position]) : null,
  };
}

/** A customer of the caller's merchant by our id or any channel's; undefined when nobody is known so. */
export async function findCustomerId(context: Context, ref: string): Promise<string | undefined> {
  return (await findCustomerByReference(context.db, merchantOf(context), ref))?.id;
}
