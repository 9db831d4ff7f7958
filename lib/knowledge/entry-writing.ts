import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { ensureCollection } from "./collection-repository";
import { changeEntry, type NewEntry, type StoredEntry } from "./repository";
import type { EntryInput } from "./schema";

/** The row, or 404. @throws AppError not_found `entry_not_found` */
export function found(row: StoredEntry | undefined): StoredEntry {
  if (!row) {
    throw new AppError("not_found", "entry_not_found");
  }
  return row;
}

const unique = (items: readonly string[]): string[] => [
  ...new Set(items.map((item) => storable(item).trim()).filter(Boolean)),
];

/** Input as it is stored: no characters that Postgres refuses, no variant twice or equal to the question. */
export function cleanInput(input: EntryInput): EntryInput {
  const question = storable(input.question).trim();
  return {
    ...input,
    question,
    answer: storable(input.answer).trim(),
    collection: storable(input.collection).trim(),
    category: storable(input.category),
    variants: unique(input.variants).filter((variant) => variant !== question),
    tags: unique(input.tags),
  };
}

/** The whole row of a new entry. @param collectionId of the collection that the input names */
export function newEntry(
  context: Context,
  { collection: _, ...input }: EntryInput,
  collectionId: string | null,
  externalId: string | null = null,
): NewEntry {
  const at = context.now();
  return {
    ...input,
    collectionId,
    id: newId("entry", at),
    merchantId: merchantOf(context),
    externalId,
    publishedAt: input.status === "published" ? at : null,
    updatedBy: authorOf(context),
    updatedAt: at,
    createdAt: at,
  };
}

/** Who an entry says changed it last. */
function authorOf({ actor }: Context): string | null {
  return actor.kind === "agent" ? actor.agentId : actor.kind === "key" ? actor.keyId : null;
}

/** Tells the product that what customers are told has changed. */
export async function announcePublished(tx: Transaction, context: Context, row: StoredEntry): Promise<void> {
  if (row.status === "published") {
    await emit(tx, { merchantId: row.merchantId, at: context.now() }, "knowledge.published", { entryId: row.id });
  }
}

/** Content of a stored entry, as an input would say it. */
export function contentOf(row: StoredEntry): EntryInput {
  const { question, variants, answer, collection, category, tags, language, status } = row;
  return { question, variants, answer, collection, category, tags, language, status };
}

/** Fields that differ. */
export function changedFields(before: EntryInput, after: EntryInput): (keyof EntryInput)[] {
  return (Object.keys(after) as (keyof EntryInput)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

function actionFor(before: EntryInput, after: EntryInput): string {
  if (before.status === after.status) {
    return "entry.updated";
  }
  return after.status === "published" ? "entry.published" : "entry.unpublished";
}

/** Writes new content over a locked entry, with its audit row and fact; nothing when nothing differs. */
export async function replaceContent(
  tx: Transaction,
  context: Context,
  row: StoredEntry,
  content: EntryInput,
): Promise<StoredEntry> {
  const before = contentOf(row);
  const fields = changedFields(before, content);
  if (fields.length === 0) {
    return row;
  }
  const at = context.now();
  const { collection, ...rest } = content;
  const published = content.status === "published";
  const changed = found(
    await changeEntry(tx, row.id, {
      ...rest,
      ...(fields.includes("collection")
        ? { collectionId: await ensureCollection(tx, row.merchantId, collection, at) }
        : {}),
      publishedAt: published ? (row.publishedAt ?? at) : null,
      updatedBy: authorOf(context),
      updatedAt: at,
    }),
  );
  const pick = (source: EntryInput) => Object.fromEntries(fields.map((field) => [field, source[field]]));
  await record(tx, context, {
    action: actionFor(before, content),
    targetType: "entry",
    targetId: row.id,
    before: pick(before),
    after: pick(content),
  });
  await announcePublished(tx, context, changed);
  return changed;
}
