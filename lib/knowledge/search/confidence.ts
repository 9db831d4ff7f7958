import { AMONG_FROM, ANSWER_FROM, CHOICES_FROM, type SearchDecision } from "../schema";
import type { Features } from "./ranking";

/**
 * Logistic weights, set by hand and rounded, one for all merchants: their signs and sizes follow what the product's own
 * example shops show when wordings and whole entries are held back; the base is set so that 0.9 means what it says in
 * `npm run bench:retrieval` (docs/decisions). Nothing is fitted to a merchant or a data set.
 */
const WEIGHTS = {
  base: -5,
  phrase: 1,
  strength: 3,
  margin: 7,
  behind: 1.5,
  learnedMargin: 3,
  length: 2,
  learned: 1.2,
} as const;
/** Grams past which a longer question says no more about certainty. */
const LONG = 12;
/**
 * An entry that a question shares less than this with cannot be sure, however far behind the others are. Pairs of Latin
 * words seldom meet, so less is little there. Where weights were learned, they may know better.
 */
const LITTLE_COVERAGE = { learned: 0.35, han: 0.2, latin: 0.1 } as const;
const LEARNED_SURE = 0.85;

function sharesLittle({ coverage, learned, hanShare }: Features): boolean {
  if (learned !== undefined && hanShare > 0.5) {
    return coverage < LITTLE_COVERAGE.learned && learned < LEARNED_SURE;
  }
  return coverage < LITTLE_COVERAGE.han * hanShare + LITTLE_COVERAGE.latin * (1 - hanShare);
}

/** Probability, 0–1, that the entry answers the question; comparable between merchants and languages. */
export function confidenceOf(features: Features): number {
  if (features.exact) {
    return features.contentGrams > 0 ? 0.99 : 0.97;
  }
  if (features.contentGrams === 0 || features.namesNothing) {
    return Math.min(0.3, features.phrase);
  }
  const margin = Math.max(0, features.margin);
  const sum =
    WEIGHTS.base +
    WEIGHTS.phrase * features.phrase +
    WEIGHTS.strength * features.strength +
    WEIGHTS.behind * Math.min(0, features.margin) +
    (features.learned === undefined
      ? WEIGHTS.margin * margin
      : WEIGHTS.learnedMargin * margin + WEIGHTS.learned * features.learned) +
    (WEIGHTS.length * Math.min(features.contentGrams, LONG)) / LONG;
  const probability = 1 / (1 + Math.exp(-sum));
  return sharesLittle(features) ? Math.min(probability, features.coverage) : probability;
}

/** Entries that choices are made of. */
const OFFERED = 4;

/** What a search allows: to answer, to offer the best entries, or neither. `confidences`: best first. */
export function decisionFor(confidences: readonly number[]): SearchDecision {
  const best = confidences[0] ?? 0;
  if (best >= ANSWER_FROM) {
    return "answer";
  }
  const among = confidences.slice(0, OFFERED).reduce((sum, confidence) => sum + confidence, 0);
  return best >= CHOICES_FROM || among >= AMONG_FROM ? "choices" : "handoff";
}
