import type { Transaction } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import {
  authorOf,
  changedFields,
  checkReferences,
  checkVersion,
  cleanInput,
  found,
  guardShared,
  replaceContent,
  writeChange,
} from "./entry-writing";
import { lockEntry, type StoredEntry } from "./repository";
import type { Entry, EntryContent, EntryInput } from "./schema";
import { contentOf, storedContent, toEntry, workingContent } from "./serialize";
import { findVersion } from "./version-repository";

type ContentChange = { readonly [Key in keyof EntryContent]?: EntryContent[Key] | undefined };

interface Draft {
  readonly content: EntryInput;
  readonly review: boolean;
  readonly restoredFrom?: number;
}

/** Beside a published text, or in place of one that nobody is told. */
async function writeDraft(tx: Transaction, context: Context, row: StoredEntry, draft: Draft): Promise<StoredEntry> {
  const { content, review, restoredFrom } = draft;
  const status = review ? "review" : "draft";
  const action = restoredFrom !== undefined ? "entry.restored" : review ? "entry.submitted" : "entry.draft_saved";
  if (row.status !== "published") {
    const next = { ...content, status } as const;
    const same = changedFields(contentOf(row), next).length === 0;
    return same ? row : writeChange(tx, context, row, next, { action, restoredFrom });
  }
  const { status: _, ...written } = content;
  const isInPlace = row.pending === null || row.pending.status === status;
  if (isInPlace && changedFields(workingContent(row), content).length === 0) {
    return row;
  }
  const pending = {
    status,
    content: written,
    authorId: authorOf(context).id,
    savedAt: context.now().toISOString(),
  } as const;
  return writeChange(tx, context, row, contentOf(row), { action, pending, restoredFrom });
}

async function lockFor(tx: Transaction, context: Context, id: string, version?: number): Promise<StoredEntry> {
  const row = found(await lockEntry(tx, merchantOf(context), id));
  checkVersion(row, version);
  await guardShared(tx, context, [row.collection]);
  return row;
}

/**
 * Saves changes without publishing them. A published entry keeps its text until they are published; any other entry is
 * what was saved. Fields left out stay as they were last written.
 *
 * @param change.review hands them in for somebody to publish
 * @param change.version version of the entry that was read; without it the last writer wins
 * @throws AppError not_found `entry_not_found`; conflict `stale_version`; forbidden `shared_collection_admins_only`
 */
export async function saveDraft(
  context: Context,
  id: string,
  change: ContentChange & { readonly review: boolean; readonly version?: number | undefined },
): Promise<Entry> {
  const { version, review, ...fields } = change;
  return context.db.transaction(async (tx) => {
    const row = await lockFor(tx, context, id, version);
    const content = cleanInput({ ...workingContent(row), ...said(fields) });
    await guardShared(tx, context, [content.collection]);
    await checkReferences(tx, context, content);
    return toEntry(await writeDraft(tx, context, row, { content, review }));
  });
}

/** Fields that a change speaks of. */
const said = (fields: ContentChange): Partial<EntryContent> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * Publishes what was last written of an entry, with last changes to it.
 *
 * @throws AppError not_found `entry_not_found`; conflict `stale_version`; forbidden `shared_collection_admins_only`
 */
export async function publishEntry(
  context: Context,
  id: string,
  change: ContentChange & { readonly version?: number | undefined } = {},
): Promise<Entry> {
  const { version, ...fields } = change;
  return context.db.transaction(async (tx) => {
    const row = await lockFor(tx, context, id, version);
    const content = cleanInput({ ...workingContent(row), ...said(fields), status: "published" });
    await guardShared(tx, context, [content.collection]);
    await checkReferences(tx, context, content);
    if (!row.pending) {
      return toEntry(await replaceContent(tx, context, row, content));
    }
    return toEntry(await writeChange(tx, context, row, content, { action: "entry.published", pending: null }));
  });
}

/**
 * Throws changes away that wait beside a published text; they stay among its versions.
 *
 * @throws AppError not_found `entry_not_found`; conflict `stale_version`
 */
export async function discardDraft(context: Context, id: string, version?: number): Promise<Entry> {
  return context.db.transaction(async (tx) => {
    const row = await lockFor(tx, context, id, version);
    const action = "entry.draft_discarded";
    return toEntry(row.pending ? await writeChange(tx, context, row, contentOf(row), { action, pending: null }) : row);
  });
}

/**
 * Brings the content of an earlier version back as a draft: what customers are told changes only when it is published.
 * The collection stays the one of today.
 *
 * @throws AppError not_found `entry_not_found` | `version_not_found`; conflict `stale_version`
 */
export async function restoreVersion(context: Context, id: string, number: number, version?: number): Promise<Entry> {
  return context.db.transaction(async (tx) => {
    const row = await lockFor(tx, context, id, version);
    const kept = await findVersion(tx, id, number);
    if (!kept) {
      throw new AppError("not_found", "version_not_found");
    }
    const { collection, status } = contentOf(row);
    const content = cleanInput({ ...storedContent(kept.content), collection, status });
    return toEntry(await writeDraft(tx, context, row, { content, review: false, restoredFrom: number }));
  });
}
