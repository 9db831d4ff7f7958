import { createHash } from "node:crypto";
import type { Transaction } from "@/db/client";
import type { EntrySource } from "@/db/schema/knowledge";
import { record } from "@/lib/audit/service";
import { writtenIn } from "@/lib/core/written-language";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emitAll } from "@/lib/platform/jobs/emit";
import { ensureCollection } from "../collection-repository";
import { orderNewVectors } from "../embeddings/repository";
import {
  authorOf,
  changedFields,
  cleanInput,
  guardShared,
  newEntry,
  replaceContent,
  versionOf,
} from "../entry-writing";
import { knownOwners } from "../reference-repository";
import { insertEntries, knownId, lockByExternalIds, type StoredEntry, selectByExternalIds } from "../repository";
import { type EntryInput, entryInput } from "../schema";
import { phraseKey } from "../search/segmentation";
import { contentOf } from "../serialize";
import { insertVersions } from "../version-repository";

/** One item of an import. What it does not say stays as it is in an entry that is there already. */
export type ImportItem = Pick<EntryInput, "question" | "answer"> & {
  readonly [Key in keyof EntryInput]?: EntryInput[Key] | undefined;
} & {
  /** Without an id of its own the question is the id: importing a file twice doubles nothing. */
  readonly externalId?: string | undefined;
  /** File or address of the document that this is a section of, and where in it. */
  readonly document?: string | undefined;
  readonly source?: EntrySource | undefined;
};

export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Rows in one transaction: a long import must not hold its locks to the end. */
export const IMPORT_BATCH = 200;

/** The id that an item is known by from now on. */
export function externalIdOf(item: Pick<ImportItem, "externalId" | "question">): string {
  // A question of signs alone has no key.
  const key = phraseKey(item.question) || item.question.trim();
  return item.externalId || `question:${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;
}

/** What of an item becomes the text of an entry. */
function givenOf({ externalId: _, document: _document, source: _source, ...item }: ImportItem) {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

/** What a new entry has that says nothing else: it is published, in the language in which it is written. */
function defaultsOf({ question, answer }: ImportItem) {
  return { status: "published", language: writtenIn(`${question}\n${answer}`) } as const;
}

/** The entry as it would be: what the item says, then what stands there already, then what a new entry has. */
export function contentFrom(item: ImportItem, collection: string, before: StoredEntry | undefined): EntryInput {
  const base = before ? contentOf(before) : entryInput.parse({ ...defaultsOf(item), ...givenOf(item) });
  return cleanInput({ ...base, ...givenOf(item), collection } as EntryInput);
}

/** True when the item says something else than the entry. */
export function changes(item: ImportItem, row: StoredEntry): boolean {
  return changedFields(contentOf(row), contentFrom(item, row.collection, row)).length > 0;
}

async function insertItems(
  tx: Transaction,
  context: Context,
  collectionId: string | null,
  items: readonly (readonly [externalId: string, item: ImportItem])[],
  collection: string,
): Promise<void> {
  const rows = await insertEntries(
    tx,
    items.map(([externalId, item]) => ({
      ...newEntry(context, contentFrom(item, collection, undefined), collectionId, externalId),
      document: item.document ?? null,
      source: item.source ?? null,
    })),
  );
  const author = authorOf(context);
  await insertVersions(
    tx,
    rows.map((row) => versionOf(row, author)),
  );
  const told = rows.filter((row) => row.status === "published");
  const scope = { merchantId: merchantOf(context), at: context.now() };
  await emitAll(
    tx,
    scope,
    "knowledge.published",
    told.map((row) => ({ entryId: row.id })),
  );
  if (told.length > 0) {
    await orderNewVectors(tx, scope.merchantId);
  }
  const after = { created: rows.length, ids: rows.map((row) => row.id) };
  await record(tx, context, { action: "entry.imported", targetType: "entry", targetId: null, after });
}

/** An owner that nobody here is, is none: files come from other installations too. */
async function withKnownOwners(
  tx: Transaction,
  context: Context,
  items: ReadonlyMap<string, ImportItem>,
): Promise<ReadonlyMap<string, ImportItem>> {
  const named = new Set([...items.values()].flatMap(({ ownerId }) => ownerId ?? []));
  if (named.size === 0) {
    return items;
  }
  const known = await knownOwners(tx, merchantOf(context), [...named]);
  return new Map(
    [...items].map(([id, item]) => [id, item.ownerId && !known.has(item.ownerId) ? { ...item, ownerId: null } : item]),
  );
}

/**
 * Items of one collection, by their external ids, in the caller's transaction.
 *
 * @returns what became of each, by its external id
 */
export async function writeItems(
  tx: Transaction,
  context: Context,
  collection: string,
  given: ReadonlyMap<string, ImportItem>,
): Promise<Map<string, "created" | "updated" | "unchanged">> {
  const outcomes = new Map<string, "created" | "updated" | "unchanged">();
  await guardShared(tx, context, [collection]);
  const items = await withKnownOwners(tx, context, given);
  const collectionId = await ensureCollection(tx, merchantOf(context), collection, context.now());
  for (const row of await lockByExternalIds(tx, merchantOf(context), collectionId, [...items.keys()])) {
    const id = knownId(row, items);
    const item = items.get(id);
    if (item) {
      const changed = (await replaceContent(tx, context, row, contentFrom(item, row.collection, row))) !== row;
      outcomes.set(id, changed ? "updated" : "unchanged");
    }
  }
  const fresh = [...items].filter(([externalId]) => !outcomes.has(externalId));
  if (fresh.length > 0) {
    await insertItems(tx, context, collectionId, fresh, collection);
  }
  for (const [externalId] of fresh) {
    outcomes.set(externalId, "created");
  }
  return outcomes;
}

/** Items by the collection they go to, there by their external ids; of two with one id the last counts. */
function byCollection(items: readonly ImportItem[], all: string | undefined): Map<string, Map<string, ImportItem>> {
  const collections = new Map<string, Map<string, ImportItem>>();
  for (const item of items) {
    const collection = (all ?? item.collection ?? "").trim();
    const entries = collections.get(collection) ?? new Map<string, ImportItem>();
    entries.set(externalIdOf(item), item);
    collections.set(collection, entries);
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
      const item = entries.get(knownId(row, entries));
      return item && changes(item, row);
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
  const total = { created: 0, updated: 0, unchanged: 0 };
  for (const [collection, all] of byCollection(items, options.collection)) {
    const entries = [...all];
    for (let start = 0; start < entries.length; start += IMPORT_BATCH) {
      const batch = new Map(entries.slice(start, start + IMPORT_BATCH));
      const outcomes = await context.db.transaction((tx) => writeItems(tx, context, collection, batch));
      for (const outcome of outcomes.values()) {
        total[outcome] += 1;
      }
    }
  }
  return total;
}
