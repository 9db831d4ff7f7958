import type { Database } from "@/db/client";
import { withoutPictures } from "@/lib/core/light-markup";
import { attachableFiles } from "@/lib/files/queries";
import { ownEmbedder } from "../embeddings/repository";
import { isVisible, type Reader } from "../policy";
import type { SearchDecision, SearchHit } from "../schema";
import { confidenceOf, decisionFor, hasAnswer } from "./confidence";
import type { EntryIndex } from "./entry-index";
import { answersOf } from "./index-source";
import { indexOf } from "./index-store";
import { matchedOf } from "./matched";
import { questionVector } from "./question-vector";

/** Longest question that is searched for, in characters; the rest of a longer message is story. */
const QUESTION_MAX = 300;
const LIMIT = 5;
/** Fewest entries that are judged: whether to offer choices depends on the first few. */
const JUDGED = 5;

/** A collection of the platform that a merchant's searches see too. */
export interface SharedCollection {
  readonly merchantId: string;
  readonly collectionId: string;
}

export interface SearchScope {
  readonly db: Database;
  readonly merchantId: string;
  /** Only the entries of this collection. */
  readonly collectionId?: string | undefined;
  /** It is not the searching merchant's own. */
  readonly isShared?: boolean | undefined;
  /** Merchant on whose behalf is searched, where that is not the one whose entries are. */
  readonly askedBy?: string | undefined;
  /** Collections of the platform that are searched beside the merchant's own entries. */
  readonly shared?: readonly SharedCollection[] | undefined;
  /** Who asks, where and when; without it, entries are found whatever their limits. */
  readonly reader?: Reader | undefined;
}

export interface SearchResult {
  /** Best first. */
  readonly items: readonly SearchHit[];
  readonly decision: SearchDecision;
}

interface Place {
  readonly merchantId: string;
  readonly collectionId?: string | undefined;
  readonly shared: boolean;
}

interface Search {
  readonly asked: string;
  readonly most: number;
  readonly language: string | undefined;
}

/**
 * Whether a question may go to the model of an index. A merchant that has chosen a service, or none, has chosen for its
 * customers: their questions do not go to the platform's because of a shared collection.
 */
async function mayAsk(scope: SearchScope, place: Place, { hasVectors, model }: EntryIndex): Promise<boolean> {
  const askedBy = scope.askedBy ?? scope.merchantId;
  return (
    hasVectors &&
    model !== undefined &&
    (!model.remote || askedBy === place.merchantId || (await ownEmbedder(scope.db, askedBy)) === undefined)
  );
}

/** What one index has for a question. */
interface PlaceResult {
  /** Best first. */
  readonly hits: readonly SearchHit[];
  /** Whether an answer is among them at all, 0–1. */
  readonly known: number;
}

async function searchPlace(scope: SearchScope, place: Place, search: Search): Promise<PlaceResult> {
  const { asked, most, language } = search;
  const index = await indexOf(scope.db, place.merchantId, place.collectionId);
  const vector = (await mayAsk(scope, place, index)) ? await questionVector(index.model, asked) : undefined;
  const { found, read } = index.search(asked, most, { language, reader: scope.reader }, vector);
  const [first] = found;
  if (!first) {
    return { hits: [], known: 0 };
  }
  const rows = await answersOf(
    scope.db,
    place.merchantId,
    found.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const fileIds = rows.flatMap((row) => row.fileIds);
  const files = await attachableFiles(scope.db, place.merchantId, fileIds);
  const hits: SearchHit[] = [];
  for (const candidate of found) {
    const row = byId.get(candidate.id);
    // The index may be a moment behind what the row says now.
    if (row && (!scope.reader || isVisible(row, scope.reader))) {
      hits.push({
        entryId: row.id,
        externalId: row.external_id,
        question: row.question,
        answer: withoutPictures(row.answer),
        files: row.fileIds.flatMap((id) => files.find((file) => file.id === id) ?? []),
        category: row.category,
        language: row.language,
        audience: row.audience,
        shared: place.shared,
        confidence: confidenceOf(candidate.features),
        matched: matchedOf(read, row, candidate),
      });
    }
  }
  return { hits, known: hits.length > 0 ? hasAnswer(first.features) : 0 };
}

/**
 * Finds the published entries that answer a question: those of one merchant, and of the platform's collections that it
 * shares in. The one search of the product: bot, desk, test box, API and command line get the same entries with the same
 * confidence, each reader only what they may be told.
 *
 * The ranking is done in memory by an index that every process derives from Postgres (index-store.ts); the answers are
 * read from Postgres, so that nothing is told that is not published any more. Sentence vectors join in where there are
 * some (vector-model.ts); without any model, network or extension the words decide alone.
 * Confidence means the same in every index, so that hits of several are one list.
 *
 * @param options.limit most hits, 1–20; 5 unless said
 * @param options.language only entries in this language
 */
export async function searchKnowledge(
  scope: SearchScope,
  question: string,
  options: { readonly limit?: number | undefined; readonly language?: string | undefined } = {},
): Promise<SearchResult> {
  const limit = options.limit ?? LIMIT;
  const search = {
    asked: question.slice(0, QUESTION_MAX),
    most: Math.max(limit, JUDGED),
    language: options.language,
  };
  const { merchantId, collectionId, isShared = false, shared = [] } = scope;
  const places: Place[] = [
    { merchantId, collectionId, shared: isShared },
    ...shared.map((collection) => ({ ...collection, shared: true })),
  ];
  const results = await Promise.all(places.map((place) => searchPlace(scope, place, search)));
  const all = results.flatMap(({ hits }) => hits);
  const hits =
    results.filter((each) => each.hits.length > 0).length > 1
      ? all.sort((first, second) => second.confidence - first.confidence)
      : all;
  const known = results.reduce((most, each) => Math.max(most, each.known), 0);
  const judged = hits.slice(0, search.most);
  return {
    items: judged.slice(0, limit),
    decision: decisionFor(
      judged.map(({ confidence }) => confidence),
      known,
    ),
  };
}
