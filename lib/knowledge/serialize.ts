import type { StoredEntry } from "./repository";
import type { Entry } from "./schema";

/** Row → wire object. */
export function toEntry(row: StoredEntry): Entry {
  const { id, kind, status, question, variants, answer, category, tags, language, version, usedCount } = row;
  return {
    id,
    kind,
    status,
    question,
    variants,
    answer,
    category,
    tags,
    language,
    version,
    usedCount,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
