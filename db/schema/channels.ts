import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { merchants } from "./merchants";

/** One way in for customers. `type` names the adapter; its zod schema reads `config`. */
export const channels = pgTable(
  "channels",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    name: text("name").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    config: jsonb("config").$type<Record<string, unknown>>().notNull().default({}),
    /** AES-256-GCM sealed JSON; never selected by a serialiser. */
    sealedSecrets: text("sealed_secrets"),
    /** Counts saves: a stale edit by a second admin is told, never silently overwritten. */
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [index("channels_merchant").on(table.merchantId)],
);

/**
 * Every webhook as it came, before anything is done with it. The unique replay key is the dedupe of at-least-once
 * platforms: a second copy ends at this insert.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: primaryId(),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    replayKey: text("replay_key").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    body: text("body").notNull(),
    outcome: text("outcome").notNull().default("received"),
    error: text("error"),
    processedAt: moment("processed_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("webhook_deliveries_replay").on(table.channelId, table.replayKey),
    index("webhook_deliveries_recent").on(table.channelId, table.createdAt),
  ],
);
