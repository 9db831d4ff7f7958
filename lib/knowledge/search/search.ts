import type { Executor } from "@/db/client";
import type { SearchDecision, SearchHit } from "../schema";
import { findCandidates } from "./candidates";
import { confidenceOf, decisionFor } from "./confidence";
import { documentOf } from "./document";
import { rank } from "./score";
import { statisticsOf } from "./statistics";

/** Longest question that is searched for, in characters; the rest of a longer message is story. */
const QUESTION_MAX = 300;
const LIMIT = 5;

export interface SearchScope {
  readonly db: Executor;
  readonly merchantId: string;
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
 * Candidates come from Postgres full-text search over segmented text; they are ranked and judged here. Without any
 * model, network or extension.
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
  const statistics = await statisticsOf(scope.db, scope.merchantId);
  const candidates = await findCandidates(scope.db, scope.merchantId, asked, {
    statistics,
    language: options.language,
  });
  const ranked = rank(asked, candidates.map(documentOf), statistics).slice(0, options.limit ?? LIMIT);
  const items = ranked.map(({ document: { candidate }, features, phrase, matched }) => ({
    entryId: candidate.id,
    question: candidate.question,
    answer: candidate.answer,
    category: candidate.category,
    language: candidate.language,
    confidence: confidenceOf(features),
    matched: { phrase, words: [...matched] },
  }));
  return { items, decision: decisionFor(ranked.map((found) => found.features)) };
}
