import { createHash } from "node:crypto";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { ensureCollection } from "./collection-repository";
import {
  announcePublished,
  changedFields,
  cleanInput,
  contentOf,
  found,
  newEntry,
  replaceContent,
} from "./entry-writing";
import { countUses, insertEntries, lockByExternalIds, lockEntry, removeEntry, selectByExternalIds } from "./repository";
import type { Entry, EntryInput } from "./schema";
import { phraseKey } from "./search/segmentation";
import { toEntry } from "./serialize";

type EntryChange = { readonly [Key in keyof EntryInput]?: EntryInput[Key] | undefined };

/** Adds an entry; published at once when its status says so. */
export async function createEntry(context: Context, input: EntryInput): Promise<Entry> {
  const clean = cleanInput(input);
  return context.db.transaction(async (tx) => {
    const collectionId = await ensureCollection(tx, merchantOf(context), clean.collection, context.now());
    const [inserted] = await insertEntries(tx, [newEntry(context, clean, collectionId)]);
    const row = found(inserted);
    await record(tx, context, { action: "entry.created", targetType: "entry", targetId: row.id, after: clean });
    await announcePublished(tx, context, row);
    return toEntry(row);
  });
}

/**
 * Changes an entry; fields left out stay. Publishing and taking back are a change of `status`.
 *
 * @param change.version version of the entry that was read; without it the last writer wins
 * @throws AppError not_found `entry_not_found`; conflict `stale_version` when it changed since
 */
export async function updateEntry(
  context: Context,
  id: string,
  change: EntryChange & { readonly version?: number | undefined },
): Promise<Entry> {
  const { version, ...fields } = change;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return context.db.transaction(async (tx) => {
    const row = found(await lockEntry(tx, merchantOf(context), id));
    if (version !== undefined && version !== row.version) {
      throw new AppError("conflict", "stale_version");
    }
    return toEntry(await replaceContent(tx, context, row, cleanInput({ ...contentOf(row), ...given })));
  });
}

/** Deletes an entry; its text stays in the audit log. @throws AppError not_found `entry_not_found` */
export async function deleteEntry(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = found(await lockEntry(tx, merchantOf(context), id));
    await removeEntry(tx, id);
    await record(tx, context, { action: "entry.deleted", targetType: "entry", targetId: id, before: contentOf(row) });
  });
}

/** Counts that the bot answered from these entries. */
export async function countEntryUses(context: Context, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await countUses(context.db, merchantOf(context), ids);
  }
}

/** One item of an import. Without an id of its own the question is the id: importing a file twice doubles nothing. */
export type ImportItem = Omit<EntryInput, "collection"> & {
  readonly externalId?: string | undefined;
  readonly collection?: string | undefined;
};

export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Rows in one transaction: a long import must not hold its locks to the end. */
const IMPORT_BATCH = 200;

function externalIdOf(item: Pick<ImportItem, "externalId" | "question">): string {
  return (
    item.externalId || `question:${createHash("sha256").update(phraseKey(item.question)).digest("hex").slice(0, 32)}`
  );
}

/** Items of one collection, by their external ids. */
async function importBatch(
  context: Context,
  collection: string,
  items: ReadonlyMap<string, EntryInput>,
): Promise<ImportResult> {
  return context.db.transaction(async (tx) => {
    const collectionId = await ensureCollection(tx, merchantOf(context), collection, context.now());
    const known = await lockByExternalIds(tx, merchantOf(context), collectionId, [...items.keys()]);
    let updated = 0;
    for (const row of known) {
      const content = items.get(row.externalId ?? "");
      if (content && (await replaceContent(tx, context, row, content)) !== row) {
        updated += 1;
      }
    }
    const there = new Set(known.map((row) => row.externalId));
    const fresh = [...items].filter(([externalId]) => !there.has(externalId));
    if (fresh.length > 0) {
      const rows = await insertEntries(
        tx,
        fresh.map(([externalId, content]) => newEntry(context, content, collectionId, externalId)),
      );
      for (const row of rows) {
        await announcePublished(tx, context, row);
      }
      const after = { created: rows.length, ids: rows.map((row) => row.id) };
      await record(tx, context, { action: "entry.imported", targetType: "entry", targetId: null, after });
    }
    return { created: fresh.length, updated, unchanged: known.length - updated };
  });
}

/** Items by the collection they go to, there by their external ids. */
function byCollection(items: readonly ImportItem[], all: string | undefined): Map<string, Map<string, EntryInput>> {
  const collections = new Map<string, Map<string, EntryInput>>();
  for (const { externalId, ...item } of items) {
    const content = cleanInput({ ...item, collection: all ?? item.collection ?? "" });
    const entries = collections.get(content.collection) ?? new Map<string, EntryInput>();
    entries.set(externalIdOf({ externalId, ...content }), content);
    collections.set(content.collection, entries);
  }
  return collections;
}

/** What an import would do, without doing it; and how many items repeat another. Parameters as of `importEntries`. */
export async function compareImport(
  context: Context,
  items: readonly ImportItem[],
  options: { readonly collection?: string | undefined } = {},
): Promise<ImportResult & { readonly repeated: number }> {
  const total = { created: 0, updated: 0, unchanged: 0, repeated: items.length };
  for (const [collection, entries] of byCollection(items, options.collection)) {
    const known = await selectByExternalIds(context.db, merchantOf(context), collection, [...entries.keys()]);
    const updated = known.filter((row) => {
      const content = entries.get(row.externalId ?? "");
      return content && changedFields(contentOf(row), content).length > 0;
    }).length;
    total.updated += updated;
    total.unchanged += known.length - updated;
    total.created += entries.size - known.length;
    total.repeated -= entries.size;
  }
  return total;
}

/**
 * Adds entries from a file or another system, and changes those of the same collection that came before under the same
 * `externalId`. Running the same import again changes nothing. Of two items with one id the last counts.
 *
 * @param options.collection where all go, made when it is new; otherwise each item says it
 */
export async function importEntries(
  context: Context,
  items: readonly ImportItem[],
  options: { readonly collection?: string | undefined } = {},
): Promise<ImportResult> {
  const collections = byCollection(items, options.collection);
  const total = { created: 0, updated: 0, unchanged: 0 };
  for (const [collection, all] of collections) {
    const entries = [...all];
    for (let start = 0; start < entries.length; start += IMPORT_BATCH) {
      const done = await importBatch(context, collection, new Map(entries.slice(start, start + IMPORT_BATCH)));
      total.created += done.created;
      total.updated += done.updated;
      total.unchanged += done.unchanged;
    }
  }
  return total;
}
