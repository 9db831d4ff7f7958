import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { conversations } from "./conversations";
import { customers } from "./customers";
import { memberships, teams } from "./identity";
import { merchants } from "./merchants";

const merchantId = () =>
  text("merchant_id")
    .notNull()
    .references(() => merchants.id, { onDelete: "cascade" });

/** The last number that a merchant gave to a ticket: counted under a lock, so that none is given twice or left out. */
export const ticketCounters = pgTable("ticket_counters", {
  merchantId: merchantId().primaryKey(),
  last: integer("last").notNull().default(0),
});

/** A matter that is worked on until it is done, longer than a conversation may last (features.md T1). */
export const tickets = pgTable(
  "tickets",
  {
    id: primaryId(),
    merchantId: merchantId(),
    /** What people call it, from 1 on at each merchant. */
    number: integer("number").notNull(),
    subject: text("subject").notNull(),
    description: text("description").notNull().default(""),
    /** Words of subject and description, for the search. */
    tokens: text("tokens").array().notNull().default(sql`'{}'`),
    /** Values: lib/tickets/schema.ts. */
    status: text("status").notNull().default("open"),
    priority: text("priority").notNull().default("normal"),
    /** One of the merchant's own list, or any word. */
    type: text("type").notNull().default(""),
    customerId: text("customer_id").references(() => customers.id, { onDelete: "set null" }),
    conversationId: text("conversation_id").references(() => conversations.id, { onDelete: "set null" }),
    assigneeId: text("assignee_id").references(() => memberships.id, { onDelete: "set null" }),
    teamId: text("team_id").references(() => teams.id, { onDelete: "set null" }),
    /** person, api, rule, bot, offline, command. */
    source: text("source").notNull(),
    /** What it was made for: a job that runs again finds that it has made it. */
    sourceKey: text("source_key"),
    /** How it was solved. */
    resolution: text("resolution").notNull().default(""),
    /** Raised by each change of a field: whoever writes against an older one is told. */
    revision: integer("revision").notNull().default(1),
    /** Lines of its history so far. */
    eventCount: integer("event_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    resolvedAt: moment("resolved_at"),
    closedAt: moment("closed_at"),
  },
  (table) => {
    // Read from its end: last changed first.
    const recent = [table.updatedAt, table.id] as const;
    const isOpen = sql`status in ('open', 'in_progress', 'waiting_customer')`;
    return [
      uniqueIndex("tickets_number").on(table.merchantId, table.number),
      uniqueIndex("tickets_source").on(table.merchantId, table.sourceKey),
      index("tickets_recent").on(table.merchantId, ...recent),
      index("tickets_open")
        .on(table.merchantId, ...recent)
        .where(isOpen),
      index("tickets_unassigned")
        .on(table.merchantId, ...recent)
        .where(sql`assignee_id is null and status in ('open', 'in_progress', 'waiting_customer')`),
      index("tickets_status").on(table.merchantId, table.status, ...recent),
      index("tickets_priority").on(table.merchantId, table.priority, ...recent),
      index("tickets_assignee").on(table.assigneeId, ...recent),
      index("tickets_team").on(table.teamId, ...recent),
      index("tickets_customer").on(table.customerId, ...recent),
      index("tickets_conversation").on(table.conversationId),
      index("tickets_words").using("gin", sql`array_append(${table.tokens}, ${table.merchantId})`),
    ];
  },
);

/** What happened to a ticket, line by line: written once, never changed (features.md T4). */
export const ticketEvents = pgTable(
  "ticket_events",
  {
    id: primaryId(),
    merchantId: merchantId(),
    ticketId: text("ticket_id")
      .notNull()
      .references(() => tickets.id, { onDelete: "cascade" }),
    /** Its place in the history, from 1. */
    position: integer("position").notNull(),
    /** created, changed, commented. */
    kind: text("kind").notNull(),
    /** Of a comment: internal, or public (the customer may be shown it). */
    visibility: text("visibility").notNull().default("internal"),
    /** Who did it: agent, key, rule, bot, visitor, system. */
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    /** The name as it was then. */
    actorName: text("actor_name"),
    text: text("text").notNull().default(""),
    /** Shapes: lib/tickets/schema.ts. */
    changes: jsonb("changes").$type<unknown[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("ticket_events_place").on(table.ticketId, table.position),
    index("ticket_events_merchant").on(table.merchantId),
  ],
);
