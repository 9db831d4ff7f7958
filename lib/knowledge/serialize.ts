import type { PendingContent } from "@/db/schema/knowledge";
import type { StoredEntry } from "./repository";
import { type Entry, type EntryContent, type EntryInput, entryInput } from "./schema";

const contentSchema = entryInput.omit({ status: true });

/** Content as it was stored with a version: fields that came later have their defaults. */
export function storedContent(content: unknown): EntryContent {
  return contentSchema.parse(content);
}

/** Content of a stored entry, as an input would say it. */
export function contentOf(row: StoredEntry): EntryInput {
  const { question, variants, answer, collection, category, tags, language, status, kind } = row;
  const { channelIds, audience, ownerId, reviewOn, fileIds } = row;
  return {
    ...{ question, variants, answer, collection, category, tags, language, status, kind },
    validFrom: row.validFrom?.toISOString() ?? null,
    validUntil: row.validUntil?.toISOString() ?? null,
    ...{ channelIds, audience, ownerId, reviewOn, fileIds },
  };
}

/** What was last written of an entry: changes that wait beside its text, or the entry itself. */
export function workingContent(row: StoredEntry): EntryInput {
  const own = contentOf(row);
  return row.pending ? { ...own, ...storedContent(row.pending.content) } : own;
}

/** Files of the changes that wait beside an entry. */
export function storedFileIds({ pending }: StoredEntry): readonly string[] {
  return pending ? storedContent(pending.content).fileIds : [];
}

function toPending(pending: PendingContent | null): Entry["pending"] {
  return pending && { ...pending, content: storedContent(pending.content) };
}

/** Row → wire object. */
export function toEntry(row: StoredEntry): Entry {
  return {
    id: row.id,
    ...contentOf(row),
    pending: toPending(row.pending),
    document: row.document,
    source: row.source,
    version: row.version,
    usedCount: row.usedCount,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
