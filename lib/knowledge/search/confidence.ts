import type { Features } from "./score";

/**
 * From this confidence on the entry's answer is given as the answer: on public question sets nine to ten of ten such
 * answers were right. The same bound everywhere: chat, test box, API (retrieval.md section 6 on why).
 */
export const ANSWER_FROM = 0.75;
/** From here on the best entries are offered as choices, never asserted; below, a person is offered. */
export const CHOICES_FROM = 0.35;
/** A further entry stands among the choices from this confidence on. */
export const OFFER_FROM = 0.12;

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

export type SearchDecision = "answer" | "choices" | "handoff";

/** What the best confidence of a search allows. */
export function decisionFor(best: number | undefined): SearchDecision {
  if (best === undefined || best < CHOICES_FROM) {
    return "handoff";
  }
  return best >= ANSWER_FROM ? "answer" : "choices";
}
