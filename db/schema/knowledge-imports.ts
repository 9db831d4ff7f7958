import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, real, text } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";
import { merchants } from "./merchants";

/**
 * One import of knowledge from its first byte to its report. A job reads the source into `kb_import_items`, a person
 * looks at what they would do and says yes, a second job does it; both find here how far they are.
 */
export const knowledgeImports = pgTable(
  "kb_imports",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    /** file, page, site or sitemap. */
    source: text("source").notNull(),
    /** Name of the file, or the address. */
    name: text("name").notNull(),
    /** Where the file's bytes lie until they are read. */
    storageKey: text("storage_key"),
    /** Name of the collection that all goes to; null: as each row says. */
    collection: text("collection"),
    /** Whether entries are published or stay drafts where the source does not say; pages and depth of a site. */
    options: jsonb("options").notNull().$type<{
      readonly status: "draft" | "published";
      readonly pages: number;
      readonly depth: number;
      /** Whether who began it may write what the platform shares; not said by imports of an earlier version. */
      readonly mayShare?: boolean;
    }>(),
    /** waiting, reading, ready, queued, importing, done, cancelled, failed. */
    status: text("status").notNull().default("waiting"),
    /** Why it failed: a key of the namespace `errors`. */
    reason: text("reason"),
    /** Rows, sections or pages read so far. */
    read: integer("read").notNull().default(0),
    /** Times that reading was begun: a source that ends the process each time is given up. */
    attempts: integer("attempts").notNull().default(0),
    /** What the items came to, once it is over: they are forgotten before it is. */
    result: jsonb("result").$type<Readonly<Record<string, number>>>(),
    createdBy: text("created_by"),
    /** Who pressed the button, as it is shown. */
    createdByName: text("created_by_name"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [index("kb_imports_recent").on(table.merchantId, table.createdAt.desc().nullsFirst())],
);

/** One row of a file or section of a document: what it would do, what was chosen, and what became of it. */
export const knowledgeImportItems = pgTable(
  "kb_import_items",
  {
    importId: text("import_id")
      .notNull()
      .references(() => knowledgeImports.id, { onDelete: "cascade" }),
    /** Order in the source. */
    position: integer("position").notNull(),
    /** As a person counts in the file; the page of a document; null: neither. */
    row: integer("row"),
    /** File or page that it comes from, where there are several. */
    place: text("place").notNull().default(""),
    collection: text("collection").notNull().default(""),
    externalId: text("external_id"),
    question: text("question").notNull().default(""),
    /** What is written: the fields of an entry. Null: nothing. */
    content: jsonb("content").$type<Readonly<Record<string, unknown>>>(),
    /** create, update, unchanged, repeated, duplicate, archive or refused. */
    plan: text("plan").notNull(),
    /** Of a duplicate: skip, merge or import. */
    choice: text("choice"),
    /** The entry that it changes, or that asks the same. */
    entryId: text("entry_id"),
    matchedQuestion: text("matched_question"),
    /** How sure it is that both ask the same, 0–1. */
    confidence: real("confidence"),
    reason: text("reason"),
    field: text("field"),
    /** What was done, once it is: created, updated, unchanged, merged, skipped, archived or refused. */
    outcome: text("outcome"),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.position] }),
    index("kb_import_items_open").on(table.importId, table.position).where(sql`${table.outcome} is null`),
  ],
);
