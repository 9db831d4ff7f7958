import type { Database } from "@/db/client";
import type { SearchDecision, SearchHit } from "../schema";
import { confidenceOf, decisionFor } from "./confidence";
import { answersOf } from "./index-source";
import { indexOf } from "./index-store";
import { matchedOf } from "./matched";

/** Longest question that is searched for, in characters; the rest of a longer message is story. */
const QUESTION_MAX = 300;
const LIMIT = 5;
/** Fewest entries that are judged: whether to offer choices depends on the first few. */
const JUDGED = 5;

export interface SearchScope {
  readonly db: Database;
  readonly merchantId: string;
  /** Only the entries of this collection. */
  readonly collectionId?: string | undefined;
}

export interface SearchResult {
  /** Best first. */
  readonly items: readonly SearchHit[];
  readonly decision: SearchDecision;
}

/**
 * Finds the published entries of one merchant that answer a question. The one search of the product: bot, desk, test
 * box, API and command line get the same entries with the same confidence.
 *
 * The ranking is done in memory by an index that every process derives from Postgres (index-store.ts); the answers are
 * read from Postgres, so that nothing is told that is not published any more. Without any model, network or extension.
 *
 * @param options.limit most hits, 1–20; 5 unless said
 * @param options.language only entries in this language
 */
export async function searchKnowledge(
  scope: SearchScope,
  question: string,
  options: { readonly limit?: number | undefined; readonly language?: string | undefined } = {},
): Promise<SearchResult> {
  const asked = question.slice(0, QUESTION_MAX);
  const index = await indexOf(scope.db, scope.merchantId, scope.collectionId);
  const limit = options.limit ?? LIMIT;
  const { found } = index.search(asked, Math.max(limit, JUDGED), { language: options.language });
  if (found.length === 0) {
    return { items: [], decision: "handoff" };
  }
  const rows = await answersOf(
    scope.db,
    scope.merchantId,
    found.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const hits: SearchHit[] = [];
  for (const candidate of found) {
    const row = byId.get(candidate.id);
    if (row) {
      hits.push({
        entryId: row.id,
        externalId: row.external_id,
        question: row.question,
        answer: row.answer,
        category: row.category,
        language: row.language,
        confidence: confidenceOf(candidate.features),
        matched: matchedOf(asked, row, candidate),
      });
    }
  }
  return { items: hits.slice(0, limit), decision: decisionFor(hits.map(({ confidence }) => confidence)) };
}
