import { customType, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt } from "./columns";
import { merchants } from "./merchants";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * Sentence vectors of the wordings in the knowledge base, one byte a number after four bytes of scale. Kept by the hash
 * of the text, so that neither a restart nor another process computes them again; the texts themselves are not here.
 */
export const knowledgeVectors = pgTable(
  "kb_vectors",
  {
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    /** The model with everything that changes its vectors. */
    model: text("model").notNull(),
    textHash: text("text_hash").notNull(),
    vector: bytes("vector").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.model, table.textHash] })],
);
