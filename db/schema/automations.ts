import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { conversations } from "./conversations";
import { merchants } from "./merchants";

/** A rule: when an event happens, if the conditions hold, do the actions (features.md R6). */
export const automations = pgTable(
  "automations",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    enabled: boolean("enabled").notNull().default(false),
    /** A fact of lib/events/catalogue.ts. */
    event: text("event").notNull(),
    /** `all` or `any` of the conditions. */
    match: text("match").notNull().default("all"),
    /** Shapes: lib/automations/schema.ts. */
    conditions: jsonb("conditions").$type<unknown[]>().notNull().default([]),
    actions: jsonb("actions").$type<unknown[]>().notNull(),
    /** Rules of one event run in this order. */
    position: integer("position").notNull().default(0),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("automations_merchant").on(table.merchantId, table.position, table.id),
    // Read for every message that comes in: whether there is a rule at all decides whether a job is queued.
    index("automations_watched").on(table.merchantId, table.event).where(sql`enabled`),
  ],
);

/** One time that a rule's conditions held, and what its actions did. */
export const automationRuns = pgTable(
  "automation_runs",
  {
    id: primaryId(),
    automationId: text("automation_id")
      .notNull()
      .references(() => automations.id, { onDelete: "cascade" }),
    merchantId: text("merchant_id").notNull(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    event: text("event").notNull(),
    /** The fact that it answers: a job that runs again finds its own run. */
    eventId: text("event_id").notNull(),
    /** running, done, failed, stopped. */
    outcome: text("outcome").notNull(),
    steps: jsonb("steps").$type<unknown[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("automation_runs_once").on(table.automationId, table.eventId),
    index("automation_runs_rule").on(table.automationId, table.createdAt.desc().nullsFirst()),
    index("automation_runs_recent").on(table.merchantId, table.createdAt.desc().nullsFirst()),
    index("automation_runs_conversation").on(table.conversationId, table.automationId),
  ],
);
