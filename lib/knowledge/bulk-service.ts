import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import type { BulkAction } from "./bulk-contracts";
import { publishEntry } from "./review-service";
import { deleteEntry, updateEntry } from "./service";

interface Change {
  readonly ids: readonly string[];
  readonly action: BulkAction;
  /** Where `move` takes them. */
  readonly collection: string;
}

function changeOne(context: Context, id: string, { action, collection }: Change): Promise<unknown> {
  switch (action) {
    case "publish":
      return publishEntry(context, id);
    case "unpublish":
      return updateEntry(context, id, { status: "draft" });
    case "archive":
      return updateEntry(context, id, { status: "archived" });
    case "move":
      return updateEntry(context, id, { collection });
    default:
      return deleteEntry(context, id);
  }
}

/**
 * Does the same to many entries, one after the other: what fails for one does not undo the others.
 *
 * @returns ids of those that were changed, and why the others were not (keys of namespace `errors`)
 */
export async function changeMany(
  context: Context,
  change: Change,
): Promise<{ done: string[]; failed: { id: string; reason: string }[] }> {
  const done: string[] = [];
  const failed: { id: string; reason: string }[] = [];
  for (const id of new Set(change.ids)) {
    try {
      await changeOne(context, id, change);
      done.push(id);
    } catch (error) {
      if (!AppError.is(error)) {
        throw error;
      }
      failed.push({ id, reason: error.reason });
    }
  }
  return { done, failed };
}
