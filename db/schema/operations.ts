import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { memberships } from "./identity";
import { merchants } from "./merchants";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Prepared answers: a merchant's (`ownerId` null) or one agent's own. */
export const quickReplies = pgTable(
  "quick_replies",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    ownerId: text("owner_id").references(() => memberships.id, { onDelete: "cascade" }),
    folder: text("folder").notNull().default(""),
    shortcut: text("shortcut").notNull().default(""),
    title: text("title").notNull(),
    text: text("text").notNull(),
    language: text("language").notNull().default("zh-CN"),
    usedCount: integer("used_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [index("quick_replies_merchant").on(table.merchantId, table.folder)],
);

/** An uploaded file. The bytes lie in storage under `storageKey`, outside the web root, found only by signed address. */
export const files = pgTable(
  "files",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    conversationId: text("conversation_id"),
    uploaderKind: text("uploader_kind").notNull(),
    uploaderId: text("uploader_id"),
    /** The name the person gave it, for the download; never part of a path. */
    name: text("name").notNull(),
    /** From the bytes, not from the name or the browser. */
    mime: text("mime").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    width: integer("width"),
    height: integer("height"),
    storageKey: text("storage_key").notNull(),
    sha256: text("sha256").notNull(),
    /**
     * Since when nothing shows it: uploaded, and neither sent nor put anywhere. Null once something does (the trigger
     * `keep_files` sees to it in the transaction that writes the message, the entry, the avatar …), and for files of old.
     */
    unusedSince: moment("unused_since"),
    createdAt: createdAt(),
  },
  (table) => [
    index("files_conversation").on(table.conversationId),
    index("files_unused").on(table.unusedSince).where(sql`${table.unusedSince} is not null`),
  ],
);

/** Values of the settings registry; a merchant's value stands over the platform's. */
export const settings = pgTable(
  "settings",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    value: jsonb("value").$type<unknown>().notNull(),
    version: integer("version").notNull().default(1),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.key] })],
);

/** Who did what, when, from where. Written in the transaction of the change. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: primaryId(),
    merchantId: text("merchant_id"),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    actorName: text("actor_name"),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id"),
    before: jsonb("before").$type<unknown>(),
    after: jsonb("after").$type<unknown>(),
    ip: text("ip"),
    requestId: text("request_id"),
    createdAt: createdAt(),
  },
  (table) => [
    index("audit_log_merchant_recent").on(
      table.merchantId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index("audit_log_target").on(table.targetType, table.targetId),
    // What the list is filtered and searched by, each newest first; also how its choices are found without reading it all.
    ...(["action", "actorId", "actorName", "targetId"] as const).map((column) =>
      index(`audit_log_by_${column.toLowerCase()}`).on(
        table.merchantId,
        table[column],
        table.createdAt.desc().nullsFirst(),
        table.id.desc().nullsFirst(),
      ),
    ),
  ],
);

/** One measured thing (first reply after 34 s): reports read these, never re-derive them from messages. */
export const metricFacts = pgTable(
  "metric_facts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    merchantId: text("merchant_id").notNull(),
    kind: text("kind").notNull(),
    conversationId: text("conversation_id").notNull(),
    agentId: text("agent_id"),
    channelId: text("channel_id"),
    /** Seconds, or 1 for a thing that is only counted. */
    value: doublePrecision("value").notNull(),
    /** The same span counted in business hours only; null where the merchant had none when it was measured. */
    businessValue: doublePrecision("business_value"),
    occurredAt: moment("occurred_at").notNull().defaultNow(),
  },
  (table) => [
    index("metric_facts_kind_time").on(table.merchantId, table.kind, table.occurredAt),
    // Reports of many days read from the index alone.
    index("metric_facts_report").on(
      table.merchantId,
      table.kind,
      table.occurredAt,
      table.value,
      table.channelId,
      table.agentId,
    ),
    index("metric_facts_conversation").on(table.conversationId, table.kind),
  ],
);

/**
 * Facts and conversations of one calendar day of the merchant's time zone, added up. A row stands for one channel and one
 * agent, or for all of them (`*`); `""` is nobody. Made from the raw rows alone, so it can always be made again.
 */
export const metricDays = pgTable(
  "metric_days",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    channelId: text("channel_id").notNull(),
    agentId: text("agent_id").notNull(),
    day: date("day").notNull(),
    /** A kind of fact, that kind in business hours (`wait.business`), or something of conversations begun (`source`). */
    kind: text("kind").notNull(),
    /** Which source, device, place or topic; "" for what has no such parts. */
    label: text("label").notNull().default(""),
    count: integer("count").notNull(),
    total: doublePrecision("total").notNull(),
    /** How the values are spread: bucket (int2) and count (int4) in turn; lib/analytics/spread.ts reads it. */
    spread: bytea("spread"),
    /** Conversations begun by hour of the merchant's clock, 24 numbers. */
    hours: integer("hours").array(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.channelId, table.agentId, table.day, table.kind, table.label] }),
    index("metric_days_agents").on(table.merchantId, table.channelId, table.day).where(sql`agent_id not in ('*', '')`),
  ],
);

/** Days whose rows in `metric_days` are right. A day that is not here is read from the raw facts. */
export const metricDaysDone = pgTable(
  "metric_days_done",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    day: date("day").notNull(),
    /** The zone whose day it is; another one now means that it has to be made again. */
    zone: text("zone").notNull(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.day] })],
);

/** Answers to requests that carried an Idempotency-Key, kept a day: a retry gets the first answer again. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    actorKey: text("actor_key").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    response: jsonb("response").$type<unknown>(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.actorKey, table.key] }), index("idempotency_keys_age").on(table.createdAt)],
);

/** The installation's own facts (when the demo was seeded, say). */
export const installation = pgTable("installation", {
  key: text("key").primaryKey(),
  value: jsonb("value").$type<unknown>().notNull().default(sql`'null'::jsonb`),
  createdAt: createdAt(),
});
