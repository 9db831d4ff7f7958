import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { contentTag } from "@/lib/core/written-language";
import { isSignedIn } from "@/lib/customers/queries";
import { filesOf } from "@/lib/files/queries";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { everyCollection } from "./collection-queries";
import { findCollection, selectSharedIn } from "./collection-repository";
import { audienceOf, channelOf, isVisible, lesser, limitsOfRow, type Reader } from "./policy";
import {
  countEntries,
  type EntryFilter,
  findEntry,
  findToldEntry,
  type StoredEntry,
  selectCategories,
  selectEntries,
} from "./repository";
import type { Audience, Collection, Entry, EntryDetail } from "./schema";
import { type SearchResult, searchKnowledge } from "./search/search";
import { storedFileIds, toEntry } from "./serialize";

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

async function withFiles({ db, now }: Context, row: StoredEntry): Promise<EntryDetail> {
  const fileIds = [...new Set([...row.fileIds, ...storedFileIds(row)])];
  return { ...toEntry(row), files: await filesOf(db, row.merchantId, fileIds, now()) };
}

/** One entry of the caller's merchant, with the files of its text and of changes that wait. @throws AppError not_found `entry_not_found` */
export async function getEntry(context: Context, id: string): Promise<EntryDetail> {
  const row = await findEntry(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "entry_not_found");
  }
  return withFiles(context, row);
}

export interface FindOptions {
  /** Most hits, 1–20; 5 unless said. */
  readonly limit?: number | undefined;
  readonly language?: string | undefined;
  /** Name of the only collection to look in; one that does not exist holds nothing. */
  readonly collection?: string | undefined;
  /** As whom to look, when not as the caller: never as somebody who may know more. */
  readonly as?: Audience | undefined;
  /** In which channel, when the caller is in none. */
  readonly channelId?: string | undefined;
}

function readerOf({ actor, now }: Context, options: FindOptions = {}): Reader {
  return {
    audience: lesser(audienceOf(actor), options.as),
    channelId: channelOf(actor) ?? options.channelId ?? null,
    at: now().getTime(),
  };
}

/**
 * The entry behind a citation, while it may be told to the caller.
 *
 * @throws AppError not_found `entry_not_found`
 */
export async function getPublishedEntry(context: Context, id: string): Promise<EntryDetail> {
  const merchantId = merchantOf(context);
  const { actor } = context;
  const shared = await selectSharedIn(context.db, merchantId);
  const row = await findToldEntry(context.db, { merchantId, shared }, id);
  const signedIn = actor.kind === "visitor" && (await isSignedIn(context, actor.identityId));
  const reader = readerOf(context);
  if (!row || !isVisible(limitsOfRow(row), signedIn ? { ...reader, audience: "customers" } : reader)) {
    throw new AppError("not_found", "entry_not_found");
  }
  return withFiles(context, { ...row, pending: null });
}

/**
 * What the caller may be told in answer to a question: agents everything that is published, a bot what the customer it
 * talks to may know in their channel, a program what everyone may know. Entries of the platform's shared collections are
 * among them unless the merchant has switched those off.
 */
export async function findAnswers(
  context: Context,
  question: string,
  options: FindOptions = {},
): Promise<SearchResult> {
  const merchantId = merchantOf(context);
  const { db } = context;
  const reader = readerOf(context, options);
  const { collection, language, ...others } = options;
  const rest = { ...others, language: language === undefined ? undefined : contentTag(language) };
  const shared = await selectSharedIn(db, merchantId);
  if (!collection) {
    return searchKnowledge({ db, merchantId, shared, reader }, question, rest);
  }
  const collectionId = await findCollection(db, merchantId, collection);
  const place = collectionId
    ? { merchantId, collectionId, isShared: false }
    : shared.map((each) => ({ ...each, isShared: true })).find(({ name }) => name === collection);
  return place
    ? searchKnowledge({ db, ...place, askedBy: merchantId, reader }, question, rest)
    : { items: [], decision: "handoff" };
}

/** The caller's merchant's collections in use, by name. */
export async function listCollections(context: Context): Promise<Collection[]> {
  return (await everyCollection(context)).items;
}
