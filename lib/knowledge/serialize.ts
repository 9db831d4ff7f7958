import type { StoredEntry } from "./repository";
import type { Entry } from "./schema";

/** Row → wire object. */
export function toEntry(row: StoredEntry): Entry {
  const { id, kind, status, question, variants, answer, collection, category, tags, language } = row;
  return {
    id,
    kind,
    status,
    question,
    variants,
    answer,
    collection,
    category,
    tags,
    language,
    version: row.version,
    usedCount: row.usedCount,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
