import type { z } from "zod";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { getCustomer } from "@/lib/customers/queries";
import { getMe } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { clientRealtimeSettings } from "@/lib/platform/realtime/settings";
import { listTicketChoices } from "@/lib/tickets/choice-queries";
import { ticketQuery } from "@/lib/tickets/contracts";
import { countTickets, getTicket, listTicketEvents, listTickets } from "@/lib/tickets/queries";
import { ticketTab } from "@/lib/tickets/schema";

type AgentContext = Context<ActorOf<"agent">>;

/** The page's address: as the API's, but one begins with what is to do. */
export const ticketPageQuery = ticketQuery.extend({ tab: ticketTab.default("open") });

const HISTORY_PAGE = 50;

/** What is not there for this agent is no failure of the page. */
async function orUndefined<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (AppError.is(error) && error.code === "not_found") {
      return undefined;
    }
    throw error;
  }
}

/** All that the list of tickets shows first. */
export async function ticketsData(context: AgentContext, query: z.output<typeof ticketPageQuery>) {
  const { customerId } = query;
  const [me, page, counts, choices, customer] = await Promise.all([
    getMe(context),
    listTickets(context, query),
    countTickets(context),
    listTicketChoices(context),
    customerId === undefined ? undefined : orUndefined(getCustomer(context, customerId)),
  ]);
  return {
    me,
    tickets: page.items,
    nextCursor: page.nextCursor,
    counts,
    tab: query.tab,
    choices,
    customerName: customer?.name ?? null,
    merchantId: context.actor.merchantId,
    realtime: clientRealtimeSettings(),
  };
}

/** All that a ticket's page shows first; undefined where there is no such ticket for this agent. */
export async function ticketData(context: AgentContext, ref: string) {
  const ticket = await orUndefined(getTicket(context, ref));
  if (!ticket) {
    return undefined;
  }
  const [me, history, choices] = await Promise.all([
    getMe(context),
    listTicketEvents(context, ticket.id, { limit: HISTORY_PAGE }),
    listTicketChoices(context),
  ]);
  const { agentId: id, merchantId } = context.actor;
  return { me, ticket, history, choices, agent: { id, merchantId }, realtime: clientRealtimeSettings() };
}
