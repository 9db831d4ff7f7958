import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { ticketCounters, ticketEvents, tickets } from "@/db/schema/tickets";
import { searchTokens } from "@/lib/core/text";

/** A ticket as it is stored, without the words of its search. */
export type TicketRow = Omit<typeof tickets.$inferSelect, "tokens">;
export type EventRow = typeof ticketEvents.$inferSelect;

const { id, merchantId, number, subject, description, status, priority, type, customerId, conversationId } = tickets;
const { assigneeId, teamId, source, sourceKey, resolution, revision, eventCount } = tickets;
const { createdAt, updatedAt, resolvedAt, closedAt } = tickets;
const columns = {
  ...{ id, merchantId, number, subject, description, status, priority, type, customerId, conversationId },
  ...{ assigneeId, teamId, source, sourceKey, resolution, revision, eventCount },
  ...{ createdAt, updatedAt, resolvedAt, closedAt },
};

/** Words of a ticket that its search finds. */
const tokensOf = (row: Pick<TicketRow, "subject" | "description">): string[] =>
  searchTokens(`${row.subject}\n${row.description}`);

/** "tkt_…", or a number as people write it: 12, #12, and "ticket_12" as seed 003 does. */
function isMeant(ref: string): SQL {
  const numbered = /^(?:#|ticket_)?(\d{1,9})$/.exec(ref)?.[1];
  return numbered === undefined ? eq(tickets.id, ref) : eq(tickets.number, Number(numbered));
}

/** A ticket of this merchant by id or number. */
export async function findTicket(executor: Executor, merchant: string, ref: string): Promise<TicketRow | undefined> {
  const [row] = await executor
    .select(columns)
    .from(tickets)
    .where(and(eq(tickets.merchantId, merchant), isMeant(ref)));
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockTicket(tx: Transaction, merchant: string, ref: string): Promise<TicketRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(tickets)
    .where(and(eq(tickets.merchantId, merchant), isMeant(ref)))
    .for("update");
  return row;
}

/** The ticket that was made for this before, if any. */
export async function findBySourceKey(
  executor: Executor,
  merchant: string,
  key: string,
): Promise<TicketRow | undefined> {
  const [row] = await executor
    .select(columns)
    .from(tickets)
    .where(and(eq(tickets.merchantId, merchant), eq(tickets.sourceKey, key)));
  return row;
}

/**
 * The merchant's next number. Its row stays locked until the transaction ends: who comes meanwhile waits, and a
 * transaction that fails gives its number back, so numbers are unique and without gaps.
 */
export async function nextNumber(tx: Transaction, merchant: string): Promise<number> {
  const [row] = await tx
    .insert(ticketCounters)
    .values({ merchantId: merchant, last: 1 })
    .onConflictDoUpdate({ target: ticketCounters.merchantId, set: { last: sql`${ticketCounters.last} + 1` } })
    .returning({ last: ticketCounters.last });
  return row?.last ?? 1;
}

export async function insertTicket(
  tx: Transaction,
  row: Omit<TicketRow, "revision" | "eventCount" | "resolution" | "resolvedAt" | "closedAt">,
): Promise<void> {
  await tx.insert(tickets).values({ ...row, tokens: tokensOf(row) });
}

/** Writes the new values of a locked ticket; its revision rises. */
export async function changeTicket(tx: Transaction, before: TicketRow, change: Partial<TicketRow>): Promise<TicketRow> {
  const [row] = await tx
    .update(tickets)
    .set({ ...change, revision: before.revision + 1, tokens: tokensOf({ ...before, ...change }) })
    .where(and(eq(tickets.id, before.id), eq(tickets.merchantId, before.merchantId)))
    .returning(columns);
  return row ?? before;
}

/** Adds a line to a ticket's history, at the next place. */
export async function appendEvent(
  tx: Transaction,
  event: Omit<typeof ticketEvents.$inferInsert, "position">,
): Promise<EventRow> {
  const [counted] = await tx
    .update(tickets)
    .set({ eventCount: sql`${tickets.eventCount} + 1`, ...(event.createdAt && { updatedAt: event.createdAt }) })
    .where(and(eq(tickets.id, event.ticketId), eq(tickets.merchantId, event.merchantId)))
    .returning({ position: tickets.eventCount });
  const [row] = await tx
    .insert(ticketEvents)
    .values({ ...event, position: counted?.position ?? 1 })
    .returning();
  return row as EventRow;
}

/** Whose conversation it is. */
export async function findConversationLink(
  executor: Executor,
  merchant: string,
  conversation: string,
): Promise<{ customerId: string; customerName: string | null } | undefined> {
  const [row] = await rowsOf<{ customerId: string; customerName: string | null }>(
    executor,
    sql`select c.customer_id as "customerId", cu.name as "customerName" from conversations c
        join customers cu on cu.id = c.customer_id where c.id = ${conversation} and c.merchant_id = ${merchant}`,
  );
  return row;
}

/** A customer by our id, or by the id that any of the merchant's channels knows them by. */
export async function findCustomerByReference(
  executor: Executor,
  merchant: string,
  ref: string,
): Promise<{ id: string; name: string | null } | undefined> {
  const [row] = await rowsOf<{ id: string; name: string | null }>(
    executor,
    sql`select cu.id, cu.name from customers cu where cu.id = ${ref} and cu.merchant_id = ${merchant}
        union all
        (select cu.id, cu.name from channels ch
          join customer_identities i on i.channel_id = ch.id and i.external_id = ${ref}
          join customers cu on cu.id = i.customer_id
          where ch.merchant_id = ${merchant} order by i.created_at desc limit 1)
        limit 1`,
  );
  return row;
}

/** A colleague who can be given a ticket, by id or address. */
export async function findAssignee(
  executor: Executor,
  merchant: string,
  ref: string,
): Promise<{ id: string; name: string; disabled: boolean } | undefined> {
  const [row] = await rowsOf<{ id: string; name: string; disabled: boolean }>(
    executor,
    sql`select m.id, u.name, m.disabled or u.disabled as disabled from memberships m join users u on u.id = m.user_id
        where m.merchant_id = ${merchant} and (m.id = ${ref} or lower(u.email) = lower(${ref}))`,
  );
  return row;
}

export async function findTeam(
  executor: Executor,
  merchant: string,
  team: string,
): Promise<{ id: string; name: string } | undefined> {
  const [row] = await rowsOf<{ id: string; name: string }>(
    executor,
    sql`select id, name from teams where id = ${team} and merchant_id = ${merchant}`,
  );
  return row;
}
