import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
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
    /** Since when the platform refuses replies by its API (48001): they go in the answers to webhooks only. */
    passiveSince: moment("passive_since"),
    /** Removed: gone from lists and deaf, while the conversations that came over it stay what they are. */
    removedAt: moment("removed_at"),
    createdAt: createdAt(),
  },
  (table) => [index("channels_merchant").on(table.merchantId)],
);

/** Counts deliveries in the order in which they are stored; `created_at` is the same for those of one statement. */
export const deliveryPositions = pgSequence("webhook_delivery_positions");

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
    /** The lane of its job where its sender is known: one customer's deliveries, read in order. */
    lane: text("lane"),
    /** Where it stands in its lane. */
    position: bigint("position", { mode: "number" }),
  },
  (table) => [
    uniqueIndex("webhook_deliveries_replay").on(table.channelId, table.replayKey),
    index("webhook_deliveries_recent").on(table.channelId, table.createdAt),
    index("webhook_deliveries_unread")
      .on(table.lane, table.position)
      .where(sql`processed_at is null and lane is not null`),
  ],
);

/**
 * What an API channel tells its integrator, in order: posted to the webhook address, and read by list and stream. The
 * body is kept as it is signed, so that every try and every reader gets the same bytes.
 */
export const channelEvents = pgTable(
  "channel_events",
  {
    /** The cursor of list and stream. */
    position: bigint("position", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Of the message or fact: one happening is one event, however often a job runs. */
    id: text("id").notNull(),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    conversationId: text("conversation_id").notNull(),
    type: text("type").notNull(),
    body: text("body").notNull(),
    /** `waiting`, `delivered`, `failed`, or `kept`: there was no address, it is there for list and stream. */
    outcome: text("outcome").notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    /** HTTP status of the last try. */
    status: integer("status"),
    error: text("error"),
    nextAttemptAt: moment("next_attempt_at"),
    finishedAt: moment("finished_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("channel_events_once").on(table.channelId, table.id),
    index("channel_events_recent").on(table.channelId, table.position),
    index("channel_events_waiting").on(table.conversationId, table.position).where(sql`outcome = 'waiting'`),
  ],
);

/**
 * Short-lived credentials that a platform gave for a channel (access token, page ticket), one per name, for all processes.
 * The row is also the lock of whoever fetches a new one.
 */
export const channelTokens = pgTable(
  "channel_tokens",
  {
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** AES-256-GCM sealed; null before the first one, and after it was refused. */
    sealedValue: text("sealed_value"),
    expiresAt: moment("expires_at"),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.name] })],
);

/**
 * Webhook requests that may still carry one reply in their answer (WeChat's passive reply). A reply takes an open one
 * by compare-and-set; the platform's retries of the same message get the same answer.
 *
 * `open` → `taken` (a message has it) → `answered` (the answer left), or `open` → `closed` (answered without a reply).
 */
export const passiveReplies = pgTable(
  "passive_replies",
  {
    deliveryId: text("delivery_id")
      .primaryKey()
      .references(() => webhookDeliveries.id, { onDelete: "cascade" }),
    channelId: text("channel_id").notNull(),
    externalUserId: text("external_user_id").notNull(),
    state: text("state").notNull().default("open"),
    /** The message whose words go in the answer. */
    messageId: text("message_id"),
    text: text("text"),
    /** Tries of the platform that were seen. */
    attempts: integer("attempts").notNull().default(1),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    index("passive_replies_open").on(table.channelId, table.externalUserId, table.expiresAt).where(sql`state = 'open'`),
    /** The deliver job asks what became of its message. */
    index("passive_replies_message").on(table.messageId).where(sql`message_id is not null`),
  ],
);

/**
 * Where reading stands in a feed that a platform keeps for us and only rings a bell about (WeCom's `sync_msg`). The row is
 * also the lock of whoever reads: one reader per feed over all processes.
 */
export const channelFeeds = pgTable(
  "channel_feeds",
  {
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    feed: text("feed").notNull(),
    /** Where the next page begins; null: at the oldest that the platform still has. */
    cursor: text("cursor"),
    readAt: moment("read_at"),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.feed] })],
);

/** What was read from a feed: platforms tell some of it again in later pages. Kept for a while (platform.tidy). */
export const channelFeedItems = pgTable(
  "channel_feed_items",
  {
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.externalId] }),
    index("channel_feed_items_age").on(table.createdAt),
  ],
);

/** Messages with fixed wording that the platform allows at any time, as it told them last. */
export const channelTemplates = pgTable(
  "channel_templates",
  {
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    /** The platform's id. */
    templateId: text("template_id").notNull(),
    /** `template`, or `subscribe`: only to customers who agreed to it. */
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    /** Its wording with placeholders, as the platform tells it. */
    content: text("content").notNull(),
    fields: jsonb("fields").$type<string[]>().notNull(),
    /** False: agents are not offered it. */
    offered: boolean("offered").notNull().default(true),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.templateId] })],
);
