import { z } from "zod";
import { agentSummary } from "@/lib/conversations/schema";

/** Where a ticket stands, by the names of seed 003. */
export const TICKET_STATUSES = ["open", "in_progress", "waiting_customer", "resolved", "closed", "cancelled"] as const;
export const ticketStatus = z.enum(TICKET_STATUSES);
export type TicketStatus = z.infer<typeof ticketStatus>;

export const TICKET_PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export const ticketPriority = z.enum(TICKET_PRIORITIES);
export type TicketPriority = z.infer<typeof ticketPriority>;

/** Who made it: a person at the desk, a program by key, a rule, the bot, a message left while nobody was there, a command. */
export const TICKET_SOURCES = ["person", "api", "rule", "bot", "offline", "command"] as const;
export const ticketSource = z.enum(TICKET_SOURCES);
export type TicketSource = z.infer<typeof ticketSource>;

/** Kinds that have a name in each language; a merchant may use any others. */
export const TICKET_TYPES = ["question", "problem", "task", "complaint"] as const;

/** Parts of the list. `open` is whatever is not done yet. */
export const TICKET_TABS = ["open", "mine", "unassigned", "ended", "all"] as const;
export const ticketTab = z.enum(TICKET_TABS);
export type TicketTab = z.infer<typeof ticketTab>;

export const SUBJECT_MAX = 200;
export const DESCRIPTION_MAX = 10_000;
export const COMMENT_MAX = 5_000;
export const TYPE_MAX = 40;

/** A row of the list. */
export const ticketSummary = z.object({
  id: z.string(),
  /** What people call it, counted from 1 at each merchant. */
  number: z.number().int(),
  subject: z.string(),
  status: ticketStatus,
  priority: ticketPriority,
  type: z.string(),
  source: ticketSource,
  customer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  conversationId: z.string().nullable(),
  assignee: agentSummary.nullable(),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Raised by each change of a field; not by comments. */
  revision: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
});
export type TicketSummary = z.infer<typeof ticketSummary>;

export const ticket = ticketSummary.extend({
  description: z.string(),
  resolution: z.string(),
  /** Where it can go from here. */
  transitions: z.array(ticketStatus),
});
export type Ticket = z.infer<typeof ticket>;

/** Fields whose changes stand in the history. */
export const TICKET_FIELDS = [
  "subject",
  "description",
  "status",
  "priority",
  "type",
  "customer",
  "conversation",
  "assignee",
  "team",
  "resolution",
] as const;

/** One change: what it was, and what it is now; of people and teams the name as it was then. */
export const ticketChange = z.object({
  field: z.enum(TICKET_FIELDS),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type TicketChange = z.infer<typeof ticketChange>;

export const ticketVisibility = z.enum(["internal", "public"]);

/** A line of a ticket's history. */
export const ticketEvent = z.object({
  id: z.string(),
  position: z.number().int(),
  kind: z.enum(["created", "changed", "commented"]),
  /** Of a comment: `public` ones may be shown to the customer. */
  visibility: ticketVisibility,
  actor: z.object({
    kind: z.enum(["agent", "key", "rule", "bot", "visitor", "system"]),
    id: z.string().nullable(),
    name: z.string().nullable(),
  }),
  text: z.string(),
  changes: z.array(ticketChange),
  createdAt: z.iso.datetime(),
});
export type TicketEvent = z.infer<typeof ticketEvent>;

/** Numbers beside the tabs. */
export const ticketCounts = z.object({
  open: z.number().int(),
  mine: z.number().int(),
  unassigned: z.number().int(),
});
export type TicketCounts = z.infer<typeof ticketCounts>;

const named = z.object({ id: z.string(), name: z.string() });

/** What a ticket can be given. */
export const ticketChoices = z.object({ types: z.array(z.string()), agents: z.array(named), teams: z.array(named) });
export type TicketChoices = z.infer<typeof ticketChoices>;
