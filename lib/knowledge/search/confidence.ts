import { AMONG_FROM, ANSWER_FROM, CHOICES_FROM, type SearchDecision } from "../schema";
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

const AMONG = { base: -4.77, coverage: 0.66, gramCoverage: 0.82, phrase: 3.33, dice: 4.14, length: 1.97 } as const;
/** Entries that choices are made of. */
const OFFERED = 4;

/**
 * Probability, 0–1, that one of the first few entries answers the question, whichever it is: fitted like confidence,
 * without the margin, since entries that are close to each other are what choices are for.
 */
function chanceAmong(ranked: readonly Features[]): number {
  const offered = ranked.slice(0, OFFERED);
  const best = (feature: "coverage" | "gramCoverage" | "phrase" | "dice") =>
    Math.max(0, ...offered.map((features) => features[feature]));
  const contentWords = offered[0]?.contentWords ?? 0;
  if (contentWords === 0) {
    return 0;
  }
  const sum =
    AMONG.base +
    AMONG.coverage * best("coverage") +
    AMONG.gramCoverage * best("gramCoverage") +
    AMONG.phrase * best("phrase") +
    AMONG.dice * best("dice") +
    (AMONG.length * Math.min(contentWords, LONG)) / LONG;
  return 1 / (1 + Math.exp(-sum));
}

/** What a search allows: to answer, to offer the best entries, or neither. `ranked`: best first. */
export function decisionFor(ranked: readonly Features[]): SearchDecision {
  const best = ranked[0] ? confidenceOf(ranked[0]) : 0;
  if (best >= ANSWER_FROM) {
    return "answer";
  }
  return best >= CHOICES_FROM || chanceAmong(ranked) >= AMONG_FROM ? "choices" : "handoff";
}
