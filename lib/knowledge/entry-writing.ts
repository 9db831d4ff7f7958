import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { contentTag } from "@/lib/core/written-language";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { ensureCollection, isSharedCollection } from "./collection-repository";
import { orderNewVectors } from "./embeddings/repository";
import { mayShare } from "./policy";
import { unknownReferences } from "./reference-repository";
import { changeEntry, hasExternalId, type NewEntry, type StoredEntry } from "./repository";
import type { EntryInput } from "./schema";
import { contentOf } from "./serialize";
import { insertVersions, type NewVersion } from "./version-repository";

/** The row, or 404. @throws AppError not_found `entry_not_found` */
export function found(row: StoredEntry | undefined): StoredEntry {
  if (!row) {
    throw new AppError("not_found", "entry_not_found");
  }
  return row;
}

/** @throws AppError conflict `stale_version` when the entry changed since `version` was read; undefined: never */
export function checkVersion(row: StoredEntry, version: number | undefined): void {
  if (version !== undefined && version !== row.version) {
    throw new AppError("conflict", "stale_version");
  }
}

/** A question, a wording or a name is one line. */
const lineOf = (text: string): string =>
  storable(text)
    .replace(/\s*[\r\n]\s*/g, " ")
    .trim();

const unique = (items: readonly string[]): string[] => [...new Set(items.map(lineOf).filter(Boolean))];

const moment = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

/**
 * Input as it is stored: no characters that Postgres refuses, no variant twice or equal to the question.
 *
 * @throws AppError invalid `validity_backwards` when it ends before it begins
 */
export function cleanInput<Input extends EntryInput>(input: Input): Input {
  const question = lineOf(input.question);
  const [validFrom, validUntil] = [moment(input.validFrom), moment(input.validUntil)];
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) {
    const fields = [{ path: "validUntil", reason: "validity_backwards" }];
    throw new AppError("invalid", "validity_backwards", { fields });
  }
  return {
    ...input,
    question,
    // Line ends as the web writes them, whatever the file or program that sent them.
    answer: storable(input.answer).replace(/\r\n?/g, "\n").trim(),
    collection: storable(input.collection).trim(),
    category: lineOf(input.category),
    language: contentTag(input.language),
    variants: unique(input.variants).filter((variant) => variant !== question),
    tags: unique(input.tags),
    channelIds: unique(input.channelIds),
    fileIds: unique(input.fileIds),
    validFrom,
    validUntil,
  };
}

/**
 * An entry points only at its own merchant's rows.
 *
 * @throws AppError invalid `agent_not_found` | `channel_not_found` | `file_unknown`
 */
export async function checkReferences(tx: Transaction, context: Context, content: EntryInput): Promise<void> {
  const unknown = await unknownReferences(tx, merchantOf(context), content);
  const reason = unknown.owner
    ? "agent_not_found"
    : unknown.channels
      ? "channel_not_found"
      : unknown.files
        ? "file_unknown"
        : undefined;
  if (reason) {
    throw new AppError("invalid", reason);
  }
}

/**
 * What the platform shares with every merchant is changed by those who may speak for the platform.
 *
 * @throws AppError forbidden `shared_collection_admins_only`
 */
export async function guardShared(tx: Transaction, context: Context, names: readonly string[]): Promise<void> {
  if (mayShare(context.actor)) {
    return;
  }
  for (const name of new Set(names)) {
    if (name !== "" && (await isSharedCollection(tx, merchantOf(context), name))) {
      throw new AppError("forbidden", "shared_collection_admins_only");
    }
  }
}

/** The columns of what people write. */
function columnsOf({ collection: _, ...input }: EntryInput) {
  return {
    ...input,
    validFrom: input.validFrom === null ? null : new Date(input.validFrom),
    validUntil: input.validUntil === null ? null : new Date(input.validUntil),
  };
}

/** The whole row of a new entry. @param collectionId of the collection that the input names */
export function newEntry(
  context: Context,
  input: EntryInput,
  collectionId: string | null,
  externalId: string | null = null,
): NewEntry {
  const at = context.now();
  return {
    ...columnsOf(input),
    collectionId,
    id: newId("entry", at),
    merchantId: merchantOf(context),
    externalId,
    publishedAt: input.status === "published" ? at : null,
    updatedBy: authorOf(context).id,
    updatedAt: at,
    createdAt: at,
  };
}

/** Who an entry says changed it last. */
export function authorOf({ actor }: Context): { readonly id: string | null; readonly name: string | null } {
  switch (actor.kind) {
    case "agent":
      return { id: actor.agentId, name: actor.name };
    case "key":
      return { id: actor.keyId, name: actor.name };
    default:
      return { id: null, name: null };
  }
}

/** A kept state of an entry. @param author of the change that led to it; null: nobody knows any more */
export function versionOf(
  row: StoredEntry,
  author: { readonly id: string | null; readonly name: string | null },
  restoredFrom: number | null = null,
): NewVersion {
  const { status, ...content } = contentOf(row);
  return {
    entryId: row.id,
    version: row.version,
    merchantId: row.merchantId,
    status,
    pending: row.pending?.status ?? null,
    content: row.pending?.content ?? content,
    authorId: author.id,
    authorName: author.name,
    restoredFrom,
    createdAt: row.updatedAt,
  };
}

/** Tells the product that what customers are told has changed. */
export async function announcePublished(tx: Transaction, context: Context, row: StoredEntry): Promise<void> {
  if (row.status === "published") {
    await emit(tx, { merchantId: row.merchantId, at: context.now() }, "knowledge.published", { entryId: row.id });
    await orderNewVectors(tx, row.merchantId);
  }
}

/** Fields that differ. */
export function changedFields<Input extends object>(before: Input, after: Input): (keyof Input)[] {
  return (Object.keys(after) as (keyof Input)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}

function actionFor(before: EntryInput, after: EntryInput): string {
  if (before.status === after.status) {
    return "entry.updated";
  }
  const verbs = { published: "published", review: "submitted", archived: "archived" } as const;
  return `entry.${after.status === "draft" ? (before.status === "published" ? "unpublished" : "reopened") : verbs[after.status]}`;
}

async function placeFor(
  tx: Transaction,
  row: StoredEntry,
  collection: string,
  at: Date,
): Promise<{ collectionId?: string | null }> {
  if (collection === row.collection) {
    return {};
  }
  const collectionId = await ensureCollection(tx, row.merchantId, collection, at);
  if (row.externalId !== null && (await hasExternalId(tx, row.merchantId, collectionId, row.externalId))) {
    throw new AppError("conflict", "external_id_taken");
  }
  return { collectionId };
}

export interface WriteOptions {
  /** What becomes of changes that wait beside the text; they stay unless said. */
  readonly pending?: StoredEntry["pending"];
  readonly restoredFrom?: number | undefined;
  /** Name of the step in the audit log, when it is not told by the states. */
  readonly action?: string;
}

/** Writes a change of a locked entry with its version, audit row and fact. */
export async function writeChange(
  tx: Transaction,
  context: Context,
  row: StoredEntry,
  content: EntryInput,
  options: WriteOptions = {},
): Promise<StoredEntry> {
  const before = contentOf(row);
  const fields = changedFields(before, content);
  const at = context.now();
  const author = authorOf(context);
  const changed = found(
    await changeEntry(tx, row.id, {
      ...columnsOf(content),
      ...(await placeFor(tx, row, content.collection, at)),
      ...(options.pending === undefined ? {} : { pending: options.pending }),
      publishedAt: content.status === "published" ? (row.publishedAt ?? at) : null,
      updatedBy: author.id,
      updatedAt: at,
    }),
  );
  await insertVersions(tx, [
    versionOf(row, { id: row.updatedBy, name: null }),
    versionOf(changed, author, options.restoredFrom ?? null),
  ]);
  const pick = (source: EntryInput) => Object.fromEntries(fields.map((field) => [field, source[field]]));
  await record(tx, context, {
    action: options.action ?? actionFor(before, content),
    targetType: "entry",
    targetId: row.id,
    before: pick(before),
    after: pick(content),
  });
  if (fields.length > 0) {
    await announcePublished(tx, context, changed);
  }
  return changed;
}

/**
 * Writes new content over a locked entry; nothing when nothing differs. Changes that wait beside a published text wait on;
 * beside any other there is nothing to wait for.
 */
export async function replaceContent(
  tx: Transaction,
  context: Context,
  row: StoredEntry,
  content: EntryInput,
): Promise<StoredEntry> {
  if (changedFields(contentOf(row), content).length === 0) {
    return row;
  }
  return writeChange(tx, context, row, content, content.status === "published" ? {} : { pending: null });
}
