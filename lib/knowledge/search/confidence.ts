import { AMONG_FROM, ANSWER_FROM, CHOICES_FROM, type SearchDecision } from "../schema";
import type { Features } from "./features";

/**
 * Logistic weights, rounded, one set for all merchants, with sentence vectors or without. Signs and sizes come from a fit
 * to the development halves of the public sets that held in each set when it was left out of the fit; the base is set so
 * that 0.9 means what it says in `npm run bench:retrieval` (docs/decisions). Nothing is fitted to a merchant.
 */
const WEIGHTS = {
  base: -3.9,
  phrase: 0.2,
  strength: 2.7,
  /** Of an entry behind the best: it is offered for what it says, there is no lead to judge it by. */
  strengthBehind: 3.7,
  margin: 5.5,
  behind: 1.5,
  length: 1.8,
  /** Where weights were learned from variants. */
  hasLearned: -1.6,
  learnedMargin: -1,
  learned: 2,
  /** Where there are vectors. */
  similarity: 1.8,
  similarityLead: 2.2,
} as const;
/** A lead or a lag past these says no more. */
const LEAD = { least: -0.2, most: 0.3 } as const;
/** Grams past which a longer question says no more about certainty. */
const LONG = 12;
/**
 * An entry that a question shares less than this with cannot be sure, however far behind the others are. Pairs of Latin
 * words seldom meet, so less is little there. Where weights were learned, they may know better.
 */
const LITTLE_COVERAGE = { learned: 0.35, han: 0.2, latin: 0.1 } as const;
const LEARNED_SURE = 0.85;

/** Vectors this near speak for themselves, whatever the words. */
const NEAR = 0.7;

function sharesLittle({ coverage, learned, hanShare, similarity, trust }: Features): boolean {
  if (trust > 0 && similarity !== undefined && similarity >= NEAR) {
    return false;
  }
  if (learned !== undefined && hanShare > 0.5) {
    return coverage < LITTLE_COVERAGE.learned && learned < LEARNED_SURE;
  }
  return coverage < LITTLE_COVERAGE.han * hanShare + LITTLE_COVERAGE.latin * (1 - hanShare);
}

function vectorsSay({ similarity, similarityLead, trust }: Features): number {
  if (similarity === undefined || trust === 0) {
    return 0;
  }
  const lead = Math.min(LEAD.most, Math.max(LEAD.least, similarityLead));
  return WEIGHTS.similarity * Math.max(0, similarity) * Math.cbrt(trust) + WEIGHTS.similarityLead * lead;
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
    (features.margin < 0 ? WEIGHTS.strengthBehind : WEIGHTS.strength) * features.strength +
    WEIGHTS.margin * margin +
    WEIGHTS.behind * Math.min(0, features.margin) +
    (WEIGHTS.length * Math.min(features.contentGrams, LONG)) / LONG +
    (features.learned === undefined
      ? 0
      : WEIGHTS.hasLearned + WEIGHTS.learnedMargin * margin + WEIGHTS.learned * features.learned) +
    vectorsSay(features);
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
