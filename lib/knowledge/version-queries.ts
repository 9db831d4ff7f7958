import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { versionOf } from "./entry-writing";
import { findEntry } from "./repository";
import type { EntryVersion } from "./schema";
import { storedContent } from "./serialize";
import { type NewVersion, selectVersions, type VersionRow } from "./version-repository";

function toVersion(row: VersionRow | NewVersion): EntryVersion {
  return {
    version: row.version,
    status: row.status,
    pending: row.pending ?? null,
    content: storedContent(row.content),
    authorId: row.authorId ?? null,
    authorName: row.authorName ?? null,
    restoredFrom: row.restoredFrom ?? null,
    createdAt: (row.createdAt ?? new Date(0)).toISOString(),
  };
}

/**
 * The states an entry was saved in, newest first. An entry from before versions were kept has the one it is in.
 *
 * @param page.before only versions older than this number
 * @throws AppError not_found `entry_not_found`
 */
export async function listVersions(
  context: Context,
  id: string,
  page: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ items: EntryVersion[]; nextBefore: number | null }> {
  const entry = await findEntry(context.db, merchantOf(context), id);
  if (!entry) {
    throw new AppError("not_found", "entry_not_found");
  }
  const rows = await selectVersions(context.db, id, { before: page.before, limit: page.limit + 1 });
  if (rows.length === 0 && page.before === undefined) {
    return { items: [toVersion(versionOf(entry, { id: entry.updatedBy, name: null }))], nextBefore: null };
  }
  const items = rows.slice(0, page.limit).map(toVersion);
  return { items, nextBefore: rows.length > page.limit ? (items.at(-1)?.version ?? null) : null };
}
