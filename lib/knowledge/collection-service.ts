import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { isPlatform, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import {
  type CollectionRow,
  changeCollection,
  deleteWithEntries,
  dissolveCollection,
  findCollection,
  insertCollection,
  lockCollection,
  noteEntriesChanged,
  renameInPending,
  switchShared,
} from "./collection-repository";
import { mayShare } from "./policy";

/** Work on one collection; what is shared with all merchants is for those who speak for the platform. */
async function onCollection<Result>(
  context: Context,
  id: string,
  work: (tx: Transaction, row: CollectionRow) => Promise<Result>,
): Promise<Result> {
  return context.db.transaction(async (tx) => {
    const row = await lockCollection(tx, merchantOf(context), id);
    if (!row) {
      throw new AppError("not_found", "collection_not_found");
    }
    if (row.shared && !mayShare(context.actor)) {
      throw new AppError("forbidden", "shared_collection_admins_only");
    }
    return work(tx, row);
  });
}

/** A name is given to one collection in use; @throws AppError conflict `collection_name_taken` */
async function checkName(tx: Transaction, merchantId: string, name: string, own?: string): Promise<void> {
  const known = await findCollection(tx, merchantId, name);
  if (known !== undefined && known !== own) {
    const fields = [{ path: "name", reason: "collection_name_taken" }];
    throw new AppError("conflict", "collection_name_taken", { fields });
  }
}

/** Adds an empty collection. @throws AppError conflict `collection_name_taken` */
export async function createCollection(context: Context, name: string): Promise<{ id: string }> {
  const merchantId = merchantOf(context);
  const clean = storable(name).trim();
  const id = newId("collection", context.now());
  await context.db.transaction(async (tx) => {
    await checkName(tx, merchantId, clean);
    await insertCollection(tx, { id, merchantId, name: clean, createdAt: context.now() });
    await record(tx, context, {
      action: "collection.created",
      targetType: "collection",
      targetId: id,
      after: { name: clean },
    });
  });
  return { id };
}

/**
 * Renames a collection, or shares it with every merchant.
 *
 * @throws AppError not_found `collection_not_found`; conflict `collection_name_taken`; forbidden
 *   `shared_collection_admins_only` (also for a merchant that is not the platform)
 */
export async function updateCollection(
  context: Context,
  id: string,
  change: { readonly name?: string | undefined; readonly shared?: boolean | undefined },
): Promise<void> {
  await onCollection(context, id, async (tx, row) => {
    const name = change.name === undefined ? row.name : storable(change.name).trim();
    const shared = change.shared ?? row.shared;
    if (shared !== row.shared && !(mayShare(context.actor) && (await isPlatform(tx, row.merchantId)))) {
      throw new AppError("forbidden", "shared_collection_admins_only");
    }
    if (name !== row.name) {
      await checkName(tx, row.merchantId, name, row.id);
      await renameInPending(tx, row.merchantId, row.name, name);
    }
    await changeCollection(tx, id, { name, shared });
    await record(tx, context, {
      action: "collection.updated",
      targetType: "collection",
      targetId: id,
      before: { name: row.name, shared: row.shared },
      after: { name, shared },
    });
  });
}

/**
 * Takes a collection away.
 *
 * @param entries what becomes of its entries: they stay, without a collection; they are put away with it, to be brought
 *   back together; or they are deleted with it for good
 * @throws AppError not_found `collection_not_found`; forbidden `shared_collection_admins_only`
 */
export async function removeCollection(
  context: Context,
  id: string,
  entries: "keep" | "archive" | "delete",
): Promise<void> {
  await onCollection(context, id, async (tx, row) => {
    await noteEntriesChanged(tx, id);
    if (entries === "archive") {
      await changeCollection(tx, id, { archivedAt: row.archivedAt ?? context.now() });
    } else if (entries === "keep") {
      await renameInPending(tx, row.merchantId, row.name, "");
      await dissolveCollection(tx, row.merchantId, id);
    } else {
      await deleteWithEntries(tx, id);
    }
    await record(tx, context, {
      action: entries === "archive" ? "collection.archived" : "collection.deleted",
      targetType: "collection",
      targetId: id,
      before: { name: row.name, entries },
    });
  });
}

/**
 * Brings a collection back with its entries.
 *
 * @throws AppError not_found `collection_not_found`; conflict `collection_name_taken` when another has its name by now
 */
export async function restoreCollection(context: Context, id: string): Promise<void> {
  await onCollection(context, id, async (tx, row) => {
    await checkName(tx, row.merchantId, row.name, row.id);
    await changeCollection(tx, id, { archivedAt: null });
    await noteEntriesChanged(tx, id);
    await record(tx, context, {
      action: "collection.restored",
      targetType: "collection",
      targetId: id,
      after: { name: row.name },
    });
  });
}

/**
 * Lets a merchant's searches see a collection of the platform, or not.
 *
 * @throws AppError not_found `collection_not_found` when nobody shares it with this merchant
 */
export async function switchSharedCollection(context: Context, id: string, enabled: boolean): Promise<void> {
  await context.db.transaction(async (tx) => {
    if (!(await switchShared(tx, merchantOf(context), id, enabled))) {
      throw new AppError("not_found", "collection_not_found");
    }
    const action = enabled ? "collection.switched_on" : "collection.switched_off";
    await record(tx, context, { action, targetType: "collection", targetId: id });
  });
}
