import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { COMMENT_MAX, SUBJECT_MAX, TYPE_MAX, ticketPriority, ticketStatus } from "@/lib/tickets/schema";

const id = z.string().trim().min(1).max(128);
const base = { tag: "Compatibility", audience: ["key"], unprocessable: true } as const;

/** A ticket by the names of seed 003. */
const legacyTicket = z.object({
  ticket_id: z.string(),
  number: z.number().int(),
  /** The caller's own id of the customer, where a channel knows one; else ours. */
  customer_id: z.string().nullable(),
  conversation_id: z.string().nullable(),
  title: z.string(),
  type: z.string(),
  priority: ticketPriority,
  status: ticketStatus,
  agent_id: z.string().nullable(),
  /** ISO 8601. */
  created_at: z.string(),
  updated_at: z.string(),
});
export type LegacyTicket = z.infer<typeof legacyTicket>;

export const listLegacyTickets = defineContract({
  ...base,
  name: "listLegacyTickets",
  summary: "Tickets by status and priority, last changed first (path of earlier versions)",
  method: "GET",
  path: "/api/tickets",
  permission: "tickets.read",
  query: z.object({
    status: ticketStatus.optional(),
    priority: ticketPriority.optional(),
    customer_id: id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: z.string().max(300).optional(),
  }),
  result: z.object({ code: z.literal(200), tickets: z.array(legacyTicket), next_cursor: z.string().nullable() }),
});

export const updateLegacyTicket = defineContract({
  ...base,
  name: "updateLegacyTicket",
  summary: "Change a ticket and say something about it (path of earlier versions)",
  method: "PUT",
  path: "/api/tickets/{id}",
  permission: "tickets.write",
  params: z.object({ id }),
  body: z.object({
    status: ticketStatus.optional(),
    comment: z.string().trim().min(1).max(COMMENT_MAX).optional(),
    priority: ticketPriority.optional(),
    type: z.string().trim().max(TYPE_MAX).optional(),
    title: z.string().trim().min(1).max(SUBJECT_MAX).optional(),
    /** Null: nobody. */
    agent_id: id.nullable().optional(),
    resolution: z.string().trim().max(COMMENT_MAX).optional(),
  }),
  result: z.object({ code: z.literal(200), ticket: legacyTicket.extend({ resolution: z.string() }) }),
});
