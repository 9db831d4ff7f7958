import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { findCustomerId, listTickets } from "@/lib/tickets/queries";
import type { TicketSummary } from "@/lib/tickets/schema";
import type { LegacyTicket } from "./ticket-contracts";
import type { KeyContext } from "./users";

/** How channels know these customers: an integrator's own id first, then the oldest. */
async function ownIds({ db }: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await rowsOf<{ customer_id: string; external_id: string }>(
    db,
    sql`select distinct on (i.customer_id) i.customer_id, i.external_id
        from customer_identities i join channels ch on ch.id = i.channel_id
        where i.customer_id = any(${sql.param([...ids])}::text[])
        order by i.customer_id, (ch.type = 'api') desc, i.created_at, i.id`,
  );
  return new Map(rows.map((row) => [row.customer_id, row.external_id]));
}

function toLegacy(item: TicketSummary, own: ReadonlyMap<string, string>): LegacyTicket {
  return {
    ticket_id: item.id,
    number: item.number,
    customer_id: item.customer && (own.get(item.customer.id) ?? item.customer.id),
    conversation_id: item.conversationId,
    title: item.subject,
    type: item.type,
    priority: item.priority,
    status: item.status,
    agent_id: item.assignee?.id ?? null,
    created_at: item.createdAt,
    updated_at: item.updatedAt,
  };
}

const customersOf = (items: readonly TicketSummary[]): string[] => items.flatMap(({ customer }) => customer?.id ?? []);

/** A ticket by the names that these paths use. */
export async function byOwnNames(context: Context, item: TicketSummary): Promise<LegacyTicket> {
  return toLegacy(item, await ownIds(context, customersOf([item])));
}

/** A page of tickets. Of a customer whom nobody knows there are none. */
export async function listByOwnNames(
  context: KeyContext,
  query: Pick<Parameters<typeof listTickets>[1], "status" | "priority" | "limit" | "cursor"> & {
    readonly customer_id?: string | undefined;
  },
): Promise<{ tickets: LegacyTicket[]; next_cursor: string | null }> {
  const { customer_id: named, ...filters } = query;
  const customerId = named === undefined ? undefined : await findCustomerId(context, named);
  if (named !== undefined && customerId === undefined) {
    return { tickets: [], next_cursor: null };
  }
  const { items, nextCursor } = await listTickets(context, { ...filters, tab: "all", customerId });
  const own = await ownIds(context, customersOf(items));
  return { tickets: items.map((item) => toLegacy(item, own)), next_cursor: nextCursor };
}
