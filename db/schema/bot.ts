import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { channels } from "./channels";
import { createdAt, moment, primaryId } from "./columns";
import { conversations, messages } from "./conversations";
import { merchants } from "./merchants";

const merchantId = () =>
  text("merchant_id")
    .notNull()
    .references(() => merchants.id, { onDelete: "cascade" });
const conversationId = () =>
  text("conversation_id")
    .notNull()
    .references(() => conversations.id, { onDelete: "cascade" });

/** A service that writes answers. The chain asks them by `position`, lowest first. */
export const aiProviders = pgTable(
  "ai_providers",
  {
    id: primaryId(),
    merchantId: merchantId(),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    baseUrl: text("base_url").notNull().default(""),
    model: text("model").notNull().default(""),
    /** Sealed; null when the service wants none. */
    secret: text("secret"),
    options: jsonb("options").$type<Record<string, unknown>>().notNull().default({}),
    position: integer("position").notNull().default(0),
    enabled: boolean("enabled").notNull().default(true),
    version: integer("version").notNull().default(1),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [index("ai_providers_chain").on(table.merchantId, table.position, table.id)],
);

/** One call of a provider. `providerId` is plain text: the record outlives the provider. */
export const aiCalls = pgTable(
  "ai_calls",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    merchantId: merchantId(),
    providerId: text("provider_id").notNull(),
    conversationId: text("conversation_id"),
    purpose: text("purpose").notNull(),
    /** `ok`, or why not. */
    outcome: text("outcome").notNull(),
    firstMs: integer("first_ms"),
    totalMs: integer("total_ms").notNull(),
    inputTokens: integer("input_tokens").notNull().default(0),
    outputTokens: integer("output_tokens").notNull().default(0),
    /** Millionths of the provider's currency. */
    costMicros: bigint("cost_micros", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    index("ai_calls_provider_recent").on(table.merchantId, table.providerId, table.createdAt.desc().nullsFirst()),
    index("ai_calls_conversation").on(table.conversationId).where(sql`conversation_id is not null`),
  ],
);

/** A day's calls of one provider in sum: what budgets and the page read. */
export const aiUsage = pgTable(
  "ai_usage",
  {
    merchantId: merchantId(),
    day: date("day", { mode: "string" }).notNull(),
    providerId: text("provider_id").notNull(),
    calls: integer("calls").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    inputTokens: bigint("input_tokens", { mode: "number" }).notNull().default(0),
    outputTokens: bigint("output_tokens", { mode: "number" }).notNull().default(0),
    costMicros: bigint("cost_micros", { mode: "number" }).notNull().default(0),
    totalMs: bigint("total_ms", { mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.day, table.providerId] })],
);

/** A provider's own id for a conversation (Dify); removed when the customer begins again. */
export const aiThreads = pgTable(
  "ai_threads",
  {
    conversationId: conversationId(),
    providerId: text("provider_id")
      .notNull()
      .references(() => aiProviders.id, { onDelete: "cascade" }),
    remoteId: text("remote_id").notNull(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.providerId] })],
);

/** An answer that waits for an agent. At most one waits in a conversation. */
export const botDrafts = pgTable(
  "bot_drafts",
  {
    id: primaryId(),
    merchantId: merchantId(),
    conversationId: conversationId(),
    /** `clientId` of the message it becomes: a repeated job finds its own draft. */
    answerId: text("answer_id").notNull(),
    question: text("question").notNull(),
    /** Why it waits: `sensitive`, `amount`, `intent`, `low_confidence`. */
    reason: text("reason").notNull(),
    answer: text("answer").notNull(),
    parts: jsonb("parts").$type<unknown[]>().notNull(),
    status: text("status").notNull().default("waiting"),
    expiresAt: moment("expires_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: moment("decided_at"),
    /** What was sent in the end, when an agent changed it. */
    sent: text("sent"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("bot_drafts_answer").on(table.conversationId, table.answerId),
    uniqueIndex("bot_drafts_one_waiting").on(table.conversationId).where(sql`status = 'waiting'`),
    index("bot_drafts_waiting").on(table.merchantId, table.expiresAt).where(sql`status = 'waiting'`),
    index("bot_drafts_recent").on(table.merchantId, table.createdAt.desc().nullsFirst()),
  ],
);

/** One answered turn, with why it was answered so: the quality report and the trace of a real conversation. */
export const botTurns = pgTable(
  "bot_turns",
  {
    id: primaryId(),
    merchantId: merchantId(),
    conversationId: conversationId(),
    answerId: text("answer_id").notNull(),
    /** Without private data. */
    question: text("question").notNull(),
    language: text("language").notNull(),
    decision: text("decision").notNull(),
    reason: text("reason"),
    confidence: doublePrecision("confidence"),
    entryId: text("entry_id"),
    providerId: text("provider_id"),
    ms: integer("ms").notNull(),
    trace: jsonb("trace").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("bot_turns_answer").on(table.conversationId, table.answerId),
    index("bot_turns_recent").on(table.merchantId, table.createdAt.desc().nullsFirst()),
  ],
);

/** A question, with turns before it where it leans on them, and what should come of it. */
export const botCases = pgTable(
  "bot_cases",
  {
    id: primaryId(),
    merchantId: merchantId(),
    turns: text("turns").array().notNull(),
    expected: jsonb("expected").$type<Record<string, unknown>>().notNull(),
    note: text("note").notNull().default(""),
    version: integer("version").notNull().default(1),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [index("bot_cases_merchant").on(table.merchantId, table.createdAt)],
);

/** One run of all cases, with what each gave, so that the next can be compared. */
export const botRuns = pgTable(
  "bot_runs",
  {
    id: primaryId(),
    merchantId: merchantId(),
    /** `publish` or `manual`. */
    cause: text("cause").notNull(),
    total: integer("total").notNull(),
    passed: integer("passed").notNull(),
    results: jsonb("results").$type<unknown[]>().notNull(),
    ms: integer("ms").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("bot_runs_recent").on(table.merchantId, table.createdAt.desc().nullsFirst())],
);

/** What customers come about, in the merchant's own words, and what is done when they do. */
export const botIntents = pgTable(
  "bot_intents",
  {
    id: primaryId(),
    merchantId: merchantId(),
    /** Also the topic that a conversation gets; entries of a category with this name teach it too. */
    name: text("name").notNull(),
    examples: text("examples").array().notNull().default(sql`'{}'`),
    /** `answer`, `handoff` or `review`. */
    action: text("action").notNull().default("answer"),
    /** Priority that the conversation gets; null: as it is. */
    priority: integer("priority"),
    /** What an agent has to know to take it; null: nothing special. */
    skill: text("skill"),
    enabled: boolean("enabled").notNull().default(true),
    version: integer("version").notNull().default(1),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("bot_intents_name").on(table.merchantId, table.name)],
);

/** What a visitor thought of one answer of the bot. */
export const botVotes = pgTable(
  "bot_votes",
  {
    messageId: text("message_id")
      .primaryKey()
      .references(() => messages.id, { onDelete: "cascade" }),
    merchantId: merchantId(),
    conversationId: conversationId(),
    /** The entry that the answer rests on first; null where it rests on none. */
    entryId: text("entry_id"),
    helpful: boolean("helpful").notNull(),
    comment: text("comment").notNull().default(""),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    index("bot_votes_recent").on(table.merchantId, table.updatedAt.desc().nullsFirst()),
    index("bot_votes_by_answer").on(table.merchantId, table.helpful, table.updatedAt.desc().nullsFirst()),
    index("bot_votes_conversation").on(table.conversationId),
  ],
);

/** How the bot does otherwise on one channel than the merchant's settings say; what is left out is as they say. */
export const botChannelRules = pgTable("bot_channel_rules", {
  channelId: text("channel_id")
    .primaryKey()
    .references(() => channels.id, { onDelete: "cascade" }),
  merchantId: merchantId(),
  rules: jsonb("rules").$type<Record<string, unknown>>().notNull().default({}),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** What an agent answered well, offered as an entry. A candidate becomes `open` when it was praised or said again. */
export const botSuggestions = pgTable(
  "bot_suggestions",
  {
    id: primaryId(),
    merchantId: merchantId(),
    /** The conversation it comes from; null once that was deleted. */
    conversationId: text("conversation_id").references(() => conversations.id, { onDelete: "set null" }),
    messageId: text("message_id").notNull(),
    question: text("question").notNull(),
    answer: text("answer").notNull(),
    /** Normalised answer: the same words said elsewhere count here. */
    fingerprint: text("fingerprint").notNull(),
    language: text("language").notNull(),
    /** `candidate`, `open`, `accepted` or `dismissed`. */
    status: text("status").notNull().default("candidate"),
    /** Conversations in which it was said. */
    uses: integer("uses").notNull().default(1),
    /** Best rating of one of them; null without any. */
    stars: integer("stars"),
    /** The entry that it became. */
    entryId: text("entry_id"),
    decidedBy: text("decided_by"),
    decidedAt: moment("decided_at"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("bot_suggestions_fingerprint").on(table.merchantId, table.fingerprint),
    index("bot_suggestions_status").on(table.merchantId, table.status, table.updatedAt.desc().nullsFirst()),
  ],
);
