import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { channels } from "./channels";
import { createdAt, moment, primaryId } from "./columns";
import { customerIdentities, customers } from "./customers";
import { memberships } from "./identity";
import { merchants } from "./merchants";

export const conversationStatus = pgEnum("conversation_status", [
  "bot",
  "queued",
  "assigned",
  "snoozed",
  "offline",
  "resolved",
  "closed",
]);
export const authorKind = pgEnum("author_kind", ["visitor", "agent", "bot", "system"]);
export const visibility = pgEnum("visibility", ["public", "internal"]);
export const deliveryState = pgEnum("delivery_state", ["queued", "sent", "delivered", "failed"]);

/** Where the visitor is and came from; shown in the customer panel. */
export interface PageContext {
  readonly url?: string;
  readonly title?: string;
  readonly referrer?: string;
  readonly userAgent?: string;
  /** As the merchant's settings allow: whole, shortened, or not kept. */
  readonly ip?: string;
  /** From data on this machine, in its words. */
  readonly place?: { readonly country: string; readonly region: string; readonly city: string };
  /** Where an advertisement or a mail said that they come from (`utm_…`). */
  readonly campaign?: { readonly source?: string; readonly medium?: string; readonly name?: string };
  readonly screen?: string;
  readonly language?: string;
  readonly timeZone?: string;
}

/**
 * One thread between a customer and a merchant over one channel.
 *
 * The partial unique index is the rule "one open conversation per customer and channel": a check before the insert
 * loses under two first messages 5 ms apart (T16).
 */
export const conversations = pgTable(
  "conversations",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "cascade" }),
    identityId: text("identity_id")
      .notNull()
      .references(() => customerIdentities.id),
    status: conversationStatus("status").notNull().default("bot"),
    assigneeId: text("assignee_id").references(() => memberships.id, { onDelete: "set null" }),
    /** 0 low, 1 normal, 2 high, 3 urgent. */
    priority: integer("priority").notNull().default(1),
    locale: text("locale"),
    context: jsonb("context").$type<PageContext>().notNull().default({}),
    /** Highest message sequence number given out; the row's lock serialises the writers of one conversation. */
    lastSeq: integer("last_seq").notNull().default(0),
    /** Raised by every change of the row: a client drops an event older than what it shows. */
    revision: integer("revision").notNull().default(1),
    lastMessageAt: moment("last_message_at").notNull().defaultNow(),
    /**
     * What lists are ordered by: `lastMessageAt`, but moved only when it is ten seconds behind. Being indexed, each move
     * rewrites every index entry of the row; most messages of a busy conversation leave it alone and stay on the page
     * (a HOT update, a quarter of the cost). Clients order what they show by `lastMessageAt`.
     */
    listedAt: moment("listed_at").notNull().defaultNow(),
    lastMessagePreview: text("last_message_preview").notNull().default(""),
    lastMessageAuthor: authorKind("last_message_author"),
    /** Visitor messages that no agent has read. */
    unreadCount: integer("unread_count").notNull().default(0),
    agentReadSeq: integer("agent_read_seq").notNull().default(0),
    visitorReadSeq: integer("visitor_read_seq").notNull().default(0),
    /** Turns in a row that the bot could not answer; the second one offers a person at once. */
    botFailures: integer("bot_failures").notNull().default(0),
    /** Since when the customer waits for a reply of ours; null when the last word was ours. */
    waitingSince: moment("waiting_since"),
    queuedAt: moment("queued_at"),
    assignedAt: moment("assigned_at"),
    firstReplyAt: moment("first_reply_at"),
    resolvedAt: moment("resolved_at"),
    /** What an agent has to know to take it (one of memberships.skills); set by a rule or a transfer. */
    skill: text("skill"),
    /** The team it was handed to: only its members get it. No foreign key: a team that is gone binds nobody. */
    teamId: text("team_id"),
    /** What it is about: name of the intent, or category of the entry, that the bot recognised last. */
    topic: text("topic"),
    /** When the assignee opened or answered it; null after an assignment that nobody asked for. */
    acceptedAt: moment("accepted_at"),
    /** The agent it was taken back from: others come first. */
    passedOverId: text("passed_over_id"),
    /** When each reminder was given; one counts only while it is later than what it reminds of. */
    agentWarnedAt: moment("agent_warned_at"),
    supervisorWarnedAt: moment("supervisor_warned_at"),
    customerAskedAt: moment("customer_asked_at"),
    queueToldAt: moment("queue_told_at"),
    /** When a snoozed conversation comes back by itself; null: only when the customer writes. */
    snoozedUntil: moment("snoozed_until"),
    /** The colleague in the platform's own app who has the customer (WeCom servicer); nobody here is the assignee then. */
    outsideOwner: text("outside_owner"),
    /** An agent wants to read it as it was written: nothing more of it is translated. */
    translationOff: boolean("translation_off").notNull().default(false),
    /** The conversation at another merchant that goes on from here, and the one at another merchant that this goes on from. */
    handedToId: text("handed_to_id"),
    handedFromId: text("handed_from_id"),
    /** Whose session the customer writes from, where that is another merchant's: their identity there. No foreign key: both merchants may forget on their own. */
    originIdentityId: text("origin_identity_id"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("conversations_one_open")
      .on(table.channelId, table.customerId)
      .where(sql`status not in ('resolved', 'closed')`),
    index("conversations_merchant_recent").on(
      table.merchantId,
      table.listedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    // Only what is open, a few of a hundred: the list and its number need not step over half a year of ended ones.
    index("conversations_open_recent")
      .on(table.merchantId, table.listedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`status in ('bot', 'queued', 'assigned', 'snoozed', 'offline')`),
    index("conversations_assignee_open")
      .on(table.assigneeId, table.listedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`status in ('assigned', 'snoozed')`),
    index("conversations_queue")
      .on(table.merchantId, table.priority.desc().nullsFirst(), table.queuedAt, table.id)
      .where(sql`status = 'queued'`),
    index("conversations_snoozed").on(table.snoozedUntil).where(sql`status = 'snoozed'`),
    index("conversations_origin").on(table.originIdentityId).where(sql`origin_identity_id is not null`),
    index("conversations_customer").on(table.customerId, table.createdAt.desc().nullsFirst()),
    /** The dashboard counts by the day a conversation began; a column that never changes costs no update. */
    index("conversations_merchant_created").on(table.merchantId, table.createdAt.desc().nullsFirst()),
  ],
);

/** A piece of a message: text, an image or file by id, a card. The zod schema is in lib/conversations/schema.ts. */
export type StoredPart = { readonly type: string } & Record<string, unknown>;

/** One message. `seq` orders a conversation; list, gap-fill, read marks and delivery all use it. */
export const messages = pgTable(
  "messages",
  {
    id: primaryId(),
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    merchantId: text("merchant_id").notNull(),
    seq: integer("seq").notNull(),
    authorKind: authorKind("author_kind").notNull(),
    /** Membership of an agent, customer of a visitor, null for bot and system. */
    authorId: text("author_id"),
    visibility: visibility("visibility").notNull().default("public"),
    parts: jsonb("parts").$type<StoredPart[]>().notNull(),
    /** The plain words of the parts: previews, search and the bot read this. */
    text: text("text").notNull().default(""),
    /** Words and Chinese bigrams of `text` (lib/core/text.ts). */
    tokens: text("tokens").array().notNull().default(sql`'{}'`),
    /** The sender's own id for this message: a retry with the same one is the same message. */
    clientId: text("client_id"),
    externalId: text("external_id"),
    delivery: deliveryState("delivery").notNull().default("sent"),
    /** Why it could not be delivered: a key of the `delivery` messages (`window_closed`); null when it was, or may be. */
    deliveryError: text("delivery_error"),
    /**
     * How far it was sent: twice the number of pieces that the platform took, and one more while a piece is on its way. An
     * odd number after a crash says that nobody knows whether that piece arrived.
     */
    deliveryStep: integer("delivery_step").notNull().default(0),
    recalledAt: moment("recalled_at"),
    /** Who answered it with which sign; null: nobody. Shape: lib/conversations/schema.ts. */
    reactions: jsonb("reactions").$type<readonly Record<string, string>[]>(),
    /** Its words in the readers' languages, made once; null: none. Shape: lib/conversations/translation-service.ts. */
    translations: jsonb("translations").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("messages_conversation_seq").on(table.conversationId, table.seq),
    uniqueIndex("messages_conversation_client")
      .on(table.conversationId, table.clientId)
      .where(sql`client_id is not null`),
    uniqueIndex("messages_conversation_external")
      .on(table.conversationId, table.externalId)
      .where(sql`external_id is not null`),
    // The merchant is one of the words: what is frequent elsewhere costs a small merchant's search nothing.
    index("messages_merchant_words").using("gin", sql`array_append(${table.tokens}, ${table.merchantId})`),
    index("messages_merchant_recent").on(table.merchantId, table.createdAt.desc().nullsFirst()),
  ],
);

/** Which agents are in a conversation beside the assignee, and how far each has read. */
export const participants = pgTable(
  "participants",
  {
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    agentId: text("agent_id")
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    lastReadSeq: integer("last_read_seq").notNull().default(0),
    /** Since when they work on it with its assignee; null: they only read it. */
    collaboratingSince: moment("collaborating_since"),
    joinedAt: moment("joined_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.agentId] }),
    index("participants_collaborating").on(table.agentId).where(sql`collaborating_since is not null`),
  ],
);

/** Pages of the merchant's site that the customer looked at on the visit from which they wrote: the last of them, each once. */
export const pageVisits = pgTable(
  "page_visits",
  {
    conversationId: text("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** Cut to what an entry of the index takes. */
    url: text("url").notNull(),
    title: text("title").notNull().default(""),
    /** When they came to it last. */
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.url] })],
);

/** What the customer thought of it; one per conversation. */
export const ratings = pgTable(
  "ratings",
  {
    id: primaryId(),
    conversationId: text("conversation_id")
      .notNull()
      .unique()
      .references(() => conversations.id, { onDelete: "cascade" }),
    merchantId: text("merchant_id").notNull(),
    customerId: text("customer_id").notNull(),
    agentId: text("agent_id").references(() => memberships.id, { onDelete: "set null" }),
    stars: integer("stars").notNull(),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    comment: text("comment"),
    createdAt: createdAt(),
  },
  (table) => [index("ratings_merchant_recent").on(table.merchantId, table.createdAt.desc().nullsFirst())],
);

/**
 * Facts: append-only, past tense. Written in the transaction of the change they tell of.
 *
 * `publishedAt` is the realtime outbox: the process that committed publishes at once and marks rows in batches; the
 * relay publishes what a crash left unmarked.
 */
export const domainEvents = pgTable(
  "domain_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    type: text("type").notNull(),
    version: integer("version").notNull().default(1),
    merchantId: text("merchant_id"),
    conversationId: text("conversation_id"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    publishedAt: moment("published_at"),
    occurredAt: moment("occurred_at").notNull().defaultNow(),
  },
  (table) => [
    index("domain_events_unpublished").on(table.id).where(sql`published_at is null`),
    index("domain_events_conversation").on(table.conversationId, table.id),
  ],
);
