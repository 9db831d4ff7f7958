import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { findCollection, selectCollections } from "./collection-repository";
import {
  countEntries,
  type EntryFilter,
  findEntry,
  type StoredEntry,
  selectCategories,
  selectEntries,
} from "./repository";
import type { Collection, Entry } from "./schema";
import { type SearchResult, searchKnowledge } from "./search/search";
import { toEntry } from "./serialize";

const cursorKey = z.tuple([z.iso.datetime(), z.string()]);

/** One page of the merchant's entries, last changed first, with the number of all that match and the categories in use. */
export async function listEntries(
  context: Context,
  query: EntryFilter & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Entry[]; nextCursor: string | null; total: number; categories: string[] }> {
  const merchantId = merchantOf(context);
  const after = decodeCursor(query.cursor, cursorKey);
  const [rows, total, categories] = await Promise.all([
    selectEntries(context.db, merchantId, { ...query, after, limit: query.limit + 1 }),
    countEntries(context.db, merchantId, query),
    selectCategories(context.db, merchantId),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(toEntry),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null,
    total,
    categories,
  };
}

/** Entries with the ids they were imported under, last changed first, read page by page. @param most how many at most */
export async function* everyEntry(context: Context, filter: EntryFilter, most: number): AsyncGenerator<StoredEntry> {
  let after: readonly [string, string] | undefined;
  for (let left = most; left > 0; ) {
    const limit = Math.min(left, 500);
    const rows = await selectEntries(context.db, merchantOf(context), { ...filter, after, limit });
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < limit || !last) {
      return;
    }
    after = [last.updatedAt.toISOString(), last.id];
    left -= rows.length;
  }
}

/** One entry of the caller's merchant. @throws AppError not_found `entry_not_found` */
export async function getEntry(context: Context, id: string): Promise<Entry> {
  const row = await findEntry(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "entry_not_found");
  }
  return toEntry(row);
}

/** The entry behind a citation, while it is published. @throws AppError not_found `entry_not_found` */
export async function getPublishedEntry(context: Context, id: string): Promise<Entry> {
  const entry = await getEntry(context, id);
  if (entry.status !== "published") {
    throw new AppError("not_found", "entry_not_found");
  }
  return entry;
}

/**
 * What the bot would find for a question among the caller's merchant's published entries.
 *
 * @param options.collection name of the only collection to look in; one that does not exist holds nothing
 */
export async function findAnswers(
  context: Context,
  question: string,
  options: {
    readonly limit?: number | undefined;
    readonly language?: string | undefined;
    readonly collection?: string | undefined;
  } = {},
): Promise<SearchResult> {
  const { collection, ...rest } = options;
  const merchantId = merchantOf(context);
  const collectionId = collection ? await findCollection(context.db, merchantId, collection) : undefined;
  if (collection && collectionId === undefined) {
    return { items: [], decision: "handoff" };
  }
  return searchKnowledge({ db: context.db, merchantId, collectionId }, question, rest);
}

/** The caller's merchant's collections, by name. */
export function listCollections(context: Context): Promise<Collection[]> {
  return selectCollections(context.db, merchantOf(context));
}
