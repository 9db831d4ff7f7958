import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { memberships } from "./identity";
import { merchants } from "./merchants";

export const entryStatus = pgEnum("entry_status", ["draft", "published", "review", "archived"]);
/** Who may be told an entry: everyone, customers who have signed in, or only the people who work there. */
export const entryAudience = pgEnum("entry_audience", ["everyone", "customers", "agents"]);
export const entryKind = pgEnum("entry_kind", ["faq", "document", "tutorial"]);

/** Postgres full-text vector; filled by the application because Postgres cannot segment Chinese (retrieval.md finding 3). */
const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A part of the merchant's knowledge with a name of its own: searched alone, or with all others. */
export const knowledgeCollections = pgTable(
  "kb_collections",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Of the platform alone: every merchant that has not switched it off searches it too. */
    shared: boolean("shared").notNull().default(false),
    /** Put away with its entries: nobody finds them, and it can be brought back. */
    archivedAt: moment("archived_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("kb_collections_name").on(table.merchantId, table.name).where(sql`${table.archivedAt} is null`),
    index("kb_collections_shared").on(table.id).where(sql`${table.shared}`),
  ],
);

/** A shared collection that a merchant does not want to be searched for its customers and agents. */
export const knowledgeSharedOff = pgTable(
  "kb_shared_off",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    collectionId: text("collection_id")
      .notNull()
      .references(() => knowledgeCollections.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.collectionId] })],
);

/** What a version of an entry says: all that people write of it. Older rows may lack fields that came later. */
export type StoredContent = Readonly<Record<string, unknown>>;

/** A change that waits beside a published entry: still being written, or handed in for review. */
export interface PendingContent {
  readonly status: "draft" | "review";
  readonly content: StoredContent;
  readonly authorId: string | null;
  readonly savedAt: string;
}

/**
 * One answer the merchant stands behind, with the ways people ask for it. A search sees the rows with status
 * "published": those of its merchant, or of one collection only.
 */
export const knowledgeEntries = pgTable(
  "kb_entries",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    /** Null: in no collection. */
    collectionId: text("collection_id").references(() => knowledgeCollections.id),
    kind: entryKind("kind").notNull().default("faq"),
    status: entryStatus("status").notNull().default("draft"),
    question: text("question").notNull(),
    variants: text("variants").array().notNull().default(sql`'{}'`),
    answer: text("answer").notNull(),
    category: text("category").notNull().default(""),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    language: text("language").notNull().default("zh-CN"),
    /** Told from this moment on and until that one; null: without a bound. */
    validFrom: moment("valid_from"),
    validUntil: moment("valid_until"),
    /** Channels whose visitors may be told; empty: all. */
    channelIds: text("channel_ids").array().notNull().default(sql`'{}'`),
    audience: entryAudience("audience").notNull().default("everyone"),
    /** Who answers for it being right, and the day to look at it again. */
    ownerId: text("owner_id").references(() => memberships.id, { onDelete: "set null" }),
    reviewOn: date("review_on"),
    /** Pictures and other files that belong to the answer, in their order. */
    fileIds: text("file_ids").array().notNull().default(sql`'{}'`),
    /** Changes to a published entry that wait to be published; its own text stands until then. */
    pending: jsonb("pending").$type<PendingContent>(),
    /** The integrator's own id from an import; importing again into the same collection updates it. */
    externalId: text("external_id"),
    /** File or address of the document that this is a section of; null: written by itself. */
    document: text("document"),
    /** Where in the document: its address, the page, and the place in the order of sections. */
    source: jsonb("source").$type<EntrySource>(),
    /** Segmented question and variants (weight A) and answer (weight D). */
    search: tsvector("search").notNull().default(sql`''::tsvector`),
    version: integer("version").notNull().default(1),
    usedCount: integer("used_count").notNull().default(0),
    publishedAt: moment("published_at"),
    updatedBy: text("updated_by"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    index("kb_entries_search").using("gin", table.search),
    index("kb_entries_merchant_updated").on(
      table.merchantId,
      table.updatedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    uniqueIndex("kb_entries_collection_external").on(
      table.merchantId,
      sql`coalesce(${table.collectionId}, '')`,
      table.externalId,
    ),
    index("kb_entries_collection").on(table.collectionId, table.id),
    index("kb_entries_category").on(table.merchantId, table.category),
    index("kb_entries_document").on(table.merchantId, table.document).where(sql`${table.document} is not null`),
    index("kb_entries_review_on").on(table.merchantId, table.reviewOn).where(sql`${table.reviewOn} is not null`),
  ],
);

/** Every state an entry was ever saved in; the newest is what stands in kb_entries (or waits there as pending). */
export const knowledgeVersions = pgTable(
  "kb_versions",
  {
    entryId: text("entry_id")
      .notNull()
      .references(() => knowledgeEntries.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    /** State of the entry after this change. */
    status: entryStatus("status").notNull(),
    /** The change waited beside the published text: still a draft, or in review. Null: it was the entry itself. */
    pending: text("pending").$type<"draft" | "review">(),
    content: jsonb("content").$type<StoredContent>().notNull(),
    authorId: text("author_id"),
    authorName: text("author_name"),
    /** The version whose content was brought back by this one. */
    restoredFrom: integer("restored_from"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.version] })],
);

/** Where in a document a section stands. */
export interface EntrySource {
  readonly address?: string | undefined;
  readonly page?: number | undefined;
  readonly position: number;
}

const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * What changed in kb_entries, written by triggers: every process keeps its search index up to date by it. Counting a use
 * is no change. Rows are forgotten after a day; an index that did not look for so long is made anew.
 */
export const knowledgeChanges = pgTable(
  "kb_changes",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    merchantId: text("merchant_id").notNull(),
    entryId: text("entry_id").notNull(),
    /** Not the time: transactions commit in another order than they begin. */
    transaction: transactionId("transaction").notNull().default(sql`pg_current_xact_id()`),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [index("kb_changes_merchant_transaction").on(table.merchantId, table.transaction)],
);

/** A question that had no answer, counted: the list of what to write next. */
export const knowledgeGaps = pgTable(
  "kb_gaps",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    question: text("question").notNull(),
    /** Normalised question: the same words in another case or width are the same gap. */
    fingerprint: text("fingerprint").notNull(),
    count: integer("count").notNull().default(1),
    conversationId: text("conversation_id"),
    dismissed: boolean("dismissed").notNull().default(false),
    /** The gap that asks the same in other words, and was there first; null: this one, or grouped by an older release. */
    groupId: text("group_id"),
    /** Since when a published entry answers it; null: none does. Asked again without an answer, it is open again. */
    closedAt: moment("closed_at"),
    closedBy: text("closed_by"),
    lastAskedAt: moment("last_asked_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("kb_gaps_fingerprint").on(table.merchantId, table.fingerprint),
    index("kb_gaps_recent").on(table.merchantId, table.lastAskedAt.desc().nullsFirst()),
  ],
);
