import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { ensureCollection } from "./collection-repository";
import {
  announcePublished,
  authorOf,
  checkReferences,
  checkVersion,
  cleanInput,
  found,
  guardShared,
  newEntry,
  replaceContent,
  versionOf,
} from "./entry-writing";
import { mayPublish } from "./policy";
import { countUses, insertEntries, lockEntry, removeEntry } from "./repository";
import { type Entry, type EntryInput, entryInput, type NewEntryInput } from "./schema";
import { contentOf, toEntry, workingContent } from "./serialize";
import { insertVersions } from "./version-repository";

type EntryChange = { readonly [Key in keyof EntryInput]?: EntryInput[Key] | undefined };

/**
 * Adds an entry; published at once when its status says so. What is left out has its usual value.
 *
 * @throws AppError forbidden `publish_not_allowed` for who may only hand in drafts, `shared_collection_admins_only`
 */
export async function createEntry(context: Context, input: NewEntryInput): Promise<Entry> {
  const clean = cleanInput(entryInput.parse(input));
  if (clean.status === "published" && !mayPublish(context.actor)) {
    throw new AppError("forbidden", "publish_not_allowed");
  }
  return context.db.transaction(async (tx) => {
    await guardShared(tx, context, [clean.collection]);
    await checkReferences(tx, context, clean);
    const collectionId = await ensureCollection(tx, merchantOf(context), clean.collection, context.now());
    const [inserted] = await insertEntries(tx, [newEntry(context, clean, collectionId)]);
    const row = found(inserted);
    await insertVersions(tx, [versionOf(row, authorOf(context))]);
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
    checkVersion(row, version);
    // Taken back, an entry goes on from what was last written of it.
    const base = (change.status ?? row.status) === "published" ? contentOf(row) : workingContent(row);
    const content = cleanInput({ ...base, ...given });
    await guardShared(tx, context, [row.collection, content.collection]);
    await checkReferences(tx, context, content);
    return toEntry(await replaceContent(tx, context, row, content));
  });
}

/** Deletes an entry; its text stays in the audit log. @throws AppError not_found `entry_not_found` */
export async function deleteEntry(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const row = found(await lockEntry(tx, merchantOf(context), id));
    await guardShared(tx, context, [row.collection]);
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
