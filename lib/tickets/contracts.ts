import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import {
  COMMENT_MAX,
  DESCRIPTION_MAX,
  SUBJECT_MAX,
  TYPE_MAX,
  ticket,
  ticketChoices,
  ticketCounts,
  ticketEvent,
  ticketPriority,
  ticketStatus,
  ticketSummary,
  ticketTab,
  ticketVisibility,
} from "./schema";

const id = z.string().min(1).max(40);
/** A ticket by its id or by its number. */
const byId = z.object({ id });

const base = { tag: "Tickets", audience: ["agent", "key"] } as const;

/** What a ticket says; without defaults, since a change leaves out what stays. */
const fields = z.object({
  subject: z.string().trim().min(1).max(SUBJECT_MAX),
  description: z.string().max(DESCRIPTION_MAX),
  priority: ticketPriority,
  type: z.string().trim().max(TYPE_MAX),
  customerId: id.nullable(),
  conversationId: id.nullable(),
  assigneeId: id.nullable(),
  teamId: id.nullable(),
});

export const ticketInput = fields.partial().extend({ subject: fields.shape.subject });
export type TicketInput = z.output<typeof ticketInput>;

export const ticketChangeInput = fields.partial().extend({
  status: ticketStatus.optional(),
  /** How it was solved. */
  resolution: z.string().trim().max(COMMENT_MAX).optional(),
  /** Said along with the change, to colleagues. */
  comment: z.string().trim().min(1).max(COMMENT_MAX).optional(),
  /** The revision that was read; 409 `stale_version` when somebody has changed it since. Left out: whatever it is. */
  revision: z.int().optional(),
});
export type TicketChangeInput = z.output<typeof ticketChangeInput>;

/** What a list of tickets can be narrowed to. */
export const ticketQuery = pageQuery.extend({
  tab: ticketTab.default("all"),
  status: ticketStatus.optional(),
  priority: ticketPriority.optional(),
  assigneeId: id.optional(),
  teamId: id.optional(),
  customerId: id.optional(),
  conversationId: id.optional(),
  /** Words of subject and description, or the number. */
  q: z.string().trim().max(100).optional(),
});

export const listTickets = defineContract({
  ...base,
  name: "listTickets",
  summary: "Tickets, last changed first, with the numbers of the tabs",
  method: "GET",
  path: "/api/v1/tickets",
  permission: "tickets.read",
  query: ticketQuery,
  result: pageOf(ticketSummary).extend({ counts: ticketCounts }),
});

export const createTicket = defineContract({
  ...base,
  name: "createTicket",
  summary: "Make a ticket; of a conversation, its customer is the ticket's",
  method: "POST",
  path: "/api/v1/tickets",
  permission: "tickets.write",
  body: ticketInput,
  result: ticket,
  status: 201,
});

export const getTicket = defineContract({
  ...base,
  name: "getTicket",
  summary: "One ticket, by id or number",
  method: "GET",
  path: "/api/v1/tickets/{id}",
  permission: "tickets.read",
  params: byId,
  result: ticket,
});

export const updateTicket = defineContract({
  ...base,
  name: "updateTicket",
  summary:
    "Change a ticket; 409 `stale_version` against an older revision, 409 `ticket_transition` for a step there is not",
  method: "PATCH",
  path: "/api/v1/tickets/{id}",
  permission: "tickets.write",
  params: byId,
  body: ticketChangeInput,
  result: ticket,
});

export const listTicketEvents = defineContract({
  ...base,
  name: "listTicketEvents",
  summary: "Every change and comment of a ticket, newest first",
  method: "GET",
  path: "/api/v1/tickets/{id}/events",
  permission: "tickets.read",
  params: byId,
  query: pageQuery,
  result: pageOf(ticketEvent),
});

export const commentOnTicket = defineContract({
  ...base,
  name: "commentOnTicket",
  summary: "Comment on a ticket: for colleagues, or `public` for what the customer may be shown",
  method: "POST",
  path: "/api/v1/tickets/{id}/comments",
  permission: "tickets.write",
  params: byId,
  body: z.object({
    text: z.string().trim().min(1).max(COMMENT_MAX),
    visibility: ticketVisibility.default("internal"),
  }),
  result: ticketEvent,
  status: 201,
});

export const listTicketChoices = defineContract({
  ...base,
  name: "listTicketChoices",
  summary: "What a ticket can be given: the merchant's types, agents who may sign in, teams",
  method: "GET",
  path: "/api/v1/tickets/choices",
  permission: "tickets.read",
  result: ticketChoices,
});
