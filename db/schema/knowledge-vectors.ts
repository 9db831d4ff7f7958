import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
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
import { createdAt, moment, primaryId } from "./columns";
import { merchants } from "./merchants";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

const merchantId = () =>
  text("merchant_id")
    .notNull()
    .references(() => merchants.id, { onDelete: "cascade" });

/**
 * Sentence vectors of the wordings in the knowledge base, one byte a number after four bytes of scale. Kept by the hash
 * of the text, so that neither a restart nor another process computes them again; the texts themselves are not here.
 */
export const knowledgeVectors = pgTable(
  "kb_vectors",
  {
    merchantId: merchantId(),
    /** The model with everything that changes its vectors. */
    model: text("model").notNull(),
    textHash: text("text_hash").notNull(),
    vector: bytes("vector").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.model, table.textHash] })],
);

/**
 * A service that turns texts into vectors. Its owner has one; the platform's counts for merchants without their own.
 * One that was replaced stays, retired, until no search uses its vectors any more.
 */
export const knowledgeEmbedders = pgTable(
  "kb_embedders",
  {
    id: primaryId(),
    merchantId: merchantId(),
    baseUrl: text("base_url").notNull(),
    model: text("model").notNull(),
    /** Numbers of a vector that are asked for; null: as many as the model gives. */
    dimensions: integer("dimensions"),
    /** Texts in one call. */
    batchSize: integer("batch_size").notNull(),
    /** Price of a million tokens, in `currency`. */
    price: doublePrecision("price").notNull().default(0),
    currency: text("currency").notNull().default("CNY"),
    /** Sealed key; null when the service wants none. */
    secret: text("secret"),
    /** Off: vectors of no service, not of the platform's either. */
    enabled: boolean("enabled").notNull().default(true),
    /** Names its vectors in kb_vectors: address, model and dimensions. */
    modelKey: text("model_key").notNull(),
    /** What its vectors look like (lib/knowledge/embeddings/calibration.ts); null until it was asked. */
    calibration: jsonb("calibration").$type<Record<string, unknown>>(),
    version: integer("version").notNull().default(1),
    retiredAt: moment("retired_at"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("kb_embedders_current").on(table.merchantId).where(sql`${table.retiredAt} is null`)],
);

/** How far a merchant's entries have vectors of one service, and whether its searches use them. */
export const knowledgeVectorIndexes = pgTable(
  "kb_vector_indexes",
  {
    merchantId: merchantId(),
    embedderId: text("embedder_id")
      .notNull()
      .references(() => knowledgeEmbedders.id, { onDelete: "cascade" }),
    /** `building`, `active`, `failed` or `cancelled`. */
    state: text("state").notNull(),
    /** Entries in all, those that are done, and wordings that the service would not take. */
    total: integer("total").notNull().default(0),
    done: integer("done").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    /** Why the last call failed, and what the service said. */
    reason: text("reason"),
    detail: text("detail").notNull().default(""),
    /** When the run began that is under way, and how many entries were done then. */
    runStartedAt: moment("run_started_at").notNull().defaultNow(),
    runDoneFrom: integer("run_done_from").notNull().default(0),
    finishedAt: moment("finished_at"),
    updatedAt: moment("updated_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.embedderId] }),
    uniqueIndex("kb_vector_indexes_active").on(table.merchantId).where(sql`${table.state} = 'active'`),
    index("kb_vector_indexes_embedder").on(table.embedderId),
  ],
);

/** A day's calls for vectors in sum. */
export const knowledgeEmbeddingUsage = pgTable(
  "kb_embedding_usage",
  {
    merchantId: merchantId(),
    day: date("day", { mode: "string" }).notNull(),
    calls: integer("calls").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    tokens: bigint("tokens", { mode: "number" }).notNull().default(0),
    /** Millionths of the service's currency. */
    costMicros: bigint("cost_micros", { mode: "number" }).notNull().default(0),
    totalMs: bigint("total_ms", { mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.day] })],
);
