import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { ensureCollection } from "./collection-repository";
import { announcePublished, cleanInput, contentOf, found, newEntry, replaceContent } from "./entry-writing";
import { countUses, insertEntries, lockEntry, removeEntry } from "./repository";
import type { Entry, EntryInput } from "./schema";
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
