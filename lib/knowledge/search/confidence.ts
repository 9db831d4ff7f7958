import { ANSWER_FROM, CHOICES_FROM, type SearchDecision } from "../schema";
import type { Features } from "./score";

/** Closeness at which a spelling mistake or a particle is all that parts the question from a phrase. */
const NEAR_DICE = 0.9;
/** An entry that a question names nothing of cannot be sure, however far behind the others are. */
const LITTLE_COVERAGE = 0.5;

/**
 * Logistic weights, fitted on openly licensed English sets (Banking77, CLINC, HINT3, Bitext, StackFAQ) with their
 * out-of-scope questions, each set counted alike. Chinese sets were used to check only: at 0.8 the share of right
 * answers there was 0.90–0.95.
 */
const WEIGHTS = {
  base: -5.08,
  coverage: 0.32,
  phrase: 2.83,
  dice: 4.05,
  margin: 1.55,
  length: 1.76,
  lead: 3.03,
} as const;
/** Content words past which a longer question says no more about certainty. */
const LONG = 6;

/** Probability, 0–1, that the entry answers the question; comparable between merchants and languages. */
export function confidenceOf(features: Features): number {
  if (features.exact) {
    return Math.max(0.97, 0.97 + 0.03 * Math.min(1, features.contentWords / 2));
  }
  if (features.contentWords === 0) {
    return Math.min(0.3, features.dice);
  }
  const sum =
    WEIGHTS.base +
    WEIGHTS.coverage * features.coverage +
    WEIGHTS.phrase * features.phrase +
    WEIGHTS.dice * features.dice +
    WEIGHTS.margin * features.margin +
    (WEIGHTS.length * Math.min(features.contentWords, LONG)) / LONG +
    WEIGHTS.lead * features.phrase * Math.max(0, features.margin);
  const probability = 1 / (1 + Math.exp(-sum));
  if (features.dice >= NEAR_DICE) {
    return Math.max(probability, features.dice);
  }
  return features.coverage < LITTLE_COVERAGE ? Math.min(probability, features.coverage) : probability;
}

/** What the best confidence of a search allows. */
export function decisionFor(best: number | undefined): SearchDecision {
  if (best === undefined || best < CHOICES_FROM) {
    return "handoff";
  }
  return best >= ANSWER_FROM ? "answer" : "choices";
}
