import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { conversations } from "./conversations";
import { memberships } from "./identity";
import { merchants } from "./merchants";

const merchantId = () =>
  text("merchant_id")
    .notNull()
    .references(() => merchants.id, { onDelete: "cascade" });

/** Something that one agent should know of. */
export const notifications = pgTable(
  "notifications",
  {
    id: primaryId(),
    merchantId: merchantId(),
    agentId: text("agent_id")
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    /** Kinds: lib/notifications/schema.ts. */
    kind: text("kind").notNull(),
    conversationId: text("conversation_id").references(() => conversations.id, { onDelete: "cascade" }),
    /** The message that it leads to. */
    seq: integer("seq"),
    /** The colleague who caused it; null: the product itself. */
    actorId: text("actor_id").references(() => memberships.id, { onDelete: "set null" }),
    /** First words of a note, or the like. */
    excerpt: text("excerpt").notNull().default(""),
    values: jsonb("values").$type<Record<string, string | number>>().notNull().default({}),
    /** What it answers to: a job that runs again finds that it has told it. */
    sourceKey: text("source_key").notNull(),
    readAt: moment("read_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("notifications_once").on(table.agentId, table.sourceKey),
    index("notifications_recent").on(table.agentId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("notifications_unread").on(table.agentId).where(sql`read_at is null`),
    index("notifications_age").on(table.createdAt),
  ],
);

/** A conversation held out to a colleague: it is theirs once they take it, and stays where it is until then. */
export const transferOffers = pgTable(
  "transfer_offers",
  {
    id: primaryId(),
    merchantId: merchantId(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    fromId: text("from_id").references(() => memberships.id, { onDelete: "set null" }),
    toId: text("to_id")
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    note: text("note").notNull().default(""),
    /** `pending`, `accepted`, `declined`, `expired`, `withdrawn`. */
    outcome: text("outcome").notNull().default("pending"),
    /** Why it was declined, in the colleague's words. */
    reason: text("reason").notNull().default(""),
    expiresAt: moment("expires_at").notNull(),
    answeredAt: moment("answered_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("transfer_offers_one_pending").on(table.conversationId).where(sql`outcome = 'pending'`),
    index("transfer_offers_to").on(table.toId).where(sql`outcome = 'pending'`),
    index("transfer_offers_due").on(table.expiresAt).where(sql`outcome = 'pending'`),
  ],
);

/** A named sequence of actions: a merchant's (`ownerId` null) or one agent's own. */
export const macros = pgTable(
  "macros",
  {
    id: primaryId(),
    merchantId: merchantId(),
    ownerId: text("owner_id").references(() => memberships.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    shortcut: text("shortcut").notNull().default(""),
    /** Shapes: lib/conversations/macro-schema.ts. */
    actions: jsonb("actions").$type<unknown[]>().notNull(),
    usedCount: integer("used_count").notNull().default(0),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("macros_merchant").on(table.merchantId, table.name)],
);
