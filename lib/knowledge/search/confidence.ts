import { AMONG_FROM, ANSWER_FROM, CHOICES_FROM, type SearchDecision } from "../schema";
import type { Features } from "./features";

/**
 * Two logistic sums, rounded, one set for all merchants, with sentence vectors or without: whether the base has an answer,
 * and whether it is this one. Together they say more than one sum of all: a clear lead makes no answer out of an entry that
 * is about something else. Signs and sizes come from fits to the development halves of the public sets in which each family
 * of sets was left out in turn (docs/decisions/0012). Nothing is fitted to a merchant.
 */
const HAS_ANSWER = {
  base: -2.3,
  alignment: 2.5,
  strength: 2,
  coverage: 0.5,
  answerStrength: 1.5,
  lack: -3,
  length: 1.6,
  /** Where weights were learned from variants. */
  hasLearned: -1.6,
  learned: 1.8,
  /** Where there are vectors. */
  hasVectors: 1.3,
  similarity: 0.6,
  nearness: 2.3,
} as const;
const IS_THIS = {
  base: -2.4,
  alignment: 0.4,
  alignmentLead: 2.2,
  margin: 3.5,
  clearance: 2.5,
  /** Where answers count, wordings are not compared word by word, so that leads are smaller and worth more. */
  answered: -0.4,
  answeredMargin: 1.2,
  length: 1,
  learned: 0.4,
  hasVectors: 0.3,
  similarityLead: 0.3,
  hasBelonging: -0.35,
  probability: 0.4,
  /** Of an entry behind the best, for each share of the score that it lacks. */
  behind: 3,
} as const;
/** How much more than the other the first of both counts: silence is better than a wrong answer. */
const CAUTION = 1.5;
/** Turns both together into what 0.9 means in `npm run bench:retrieval`. */
const MEASURE = { slope: 1.3, shift: 0.4 } as const;
/** Of a question that is none of an entry's wordings. */
const MOST = 0.96;
/** A lead or a lag past these says no more. */
const LEAD = { least: -0.2, most: 0.3 } as const;
/** Nearness past these says no more, in hundreds. */
const NEARNESS = { least: -2.5, most: 0.2 } as const;
/** Grams past which a longer question says no more about certainty. */
const LONG = 12;
/**
 * A question of which an entry says less than this, in its wordings, half as much with its answer or a third as much in
 * words that mean the same, is hardly its question, however far behind the others are. Pairs of Latin words seldom meet, so less is little there.
 */
const LITTLE = { han: 0.25, latin: 0.1 } as const;
/**
 * Weights that were learned can be sure of a word that everybody says: below this share of a Han question they have to be
 * all but certain.
 */
const LITTLE_LEARNED = { coverage: 0.35, learned: 0.85, most: 0.6 } as const;
/** Vectors this near speak for themselves, whatever the words. */
const NEAR = 0.7;

const isNear = ({ similarity, trust }: Features): boolean =>
  trust > 0 && similarity !== undefined && similarity >= NEAR;

/** Whether all that speaks for an entry is what was learned from a few wordings. */
function isLearnedAlone(features: Features): boolean {
  const { coverage, learned, hanShare } = features;
  return (
    learned !== undefined &&
    hanShare > 0.5 &&
    coverage < LITTLE_LEARNED.coverage &&
    learned < LITTLE_LEARNED.learned &&
    !isNear(features)
  );
}

/** How far what an entry shares with the question is from enough, 0–1. */
function lackOf(features: Features): number {
  const { coverage, answerStrength, alignment, hanShare } = features;
  if (isNear(features)) {
    return 0;
  }
  const enough = LITTLE.han * hanShare + LITTLE.latin * (1 - hanShare);
  return Math.max(0, 1 - Math.max(coverage, answerStrength / 2, alignment / 3) / enough);
}

const between = (value: number, { least, most }: { readonly least: number; readonly most: number }): number =>
  Math.min(most, Math.max(least, value));

const logistic = (sum: number): number => 1 / (1 + Math.exp(-sum));

const lengthOf = ({ contentGrams }: Features): number => Math.min(contentGrams, LONG) / LONG;

/** Whether the base has an answer to the question at all, judged by one of its entries. 0–1 */
export function hasAnswer(features: Features): number {
  const { learned, similarity, trust, belonging } = features;
  if (features.contentGrams === 0 || features.namesNothing) {
    return 0;
  }
  let sum =
    HAS_ANSWER.base +
    HAS_ANSWER.alignment * features.alignment +
    HAS_ANSWER.strength * features.strength +
    HAS_ANSWER.coverage * features.coverage +
    HAS_ANSWER.answerStrength * features.answerStrength +
    HAS_ANSWER.lack * lackOf(features) +
    HAS_ANSWER.length * lengthOf(features);
  if (learned !== undefined) {
    sum += HAS_ANSWER.hasLearned + HAS_ANSWER.learned * learned;
  }
  if (similarity !== undefined && trust > 0) {
    sum += HAS_ANSWER.hasVectors + HAS_ANSWER.similarity * Math.max(0, similarity) * Math.cbrt(trust);
    sum += belonging ? HAS_ANSWER.nearness * between(belonging.nearness, NEARNESS) : 0;
  }
  return logistic(sum);
}

/** Whether, of all that the base has, it is this entry. */
function isThis(features: Features): number {
  const { margin, answered, learned, similarity, trust, belonging } = features;
  const ahead = Math.max(0, margin);
  let sum =
    IS_THIS.base +
    IS_THIS.alignment * features.alignment +
    IS_THIS.alignmentLead * features.alignmentLead +
    IS_THIS.margin * ahead +
    IS_THIS.behind * Math.min(0, margin) +
    IS_THIS.clearance * Math.max(0, features.clearance) +
    answered * (IS_THIS.answered + IS_THIS.answeredMargin * ahead) +
    IS_THIS.length * lengthOf(features) +
    IS_THIS.learned * (learned ?? 0);
  if (similarity !== undefined && trust > 0) {
    sum += IS_THIS.hasVectors + IS_THIS.similarityLead * between(features.similarityLead, LEAD);
    sum += belonging ? IS_THIS.hasBelonging + IS_THIS.probability * belonging.probabilities : 0;
  }
  return logistic(sum);
}

/** Probability, 0–1, that the entry answers the question; comparable between merchants and languages. */
export function confidenceOf(features: Features): number {
  if (features.exact) {
    return features.contentGrams > 0 ? 0.99 : 0.97;
  }
  if (features.contentGrams === 0 || features.namesNothing) {
    return Math.min(0.3, features.phrase);
  }
  const both = hasAnswer(features) ** CAUTION * isThis(features);
  const probability = Math.min(MOST, logistic(MEASURE.slope * Math.log(both / (1 - both)) + MEASURE.shift));
  return isLearnedAlone(features) ? Math.min(probability, LITTLE_LEARNED.most) : probability;
}

/** Entries that choices are made of. */
const OFFERED = 4;

/** Entries are offered too when the base surely has an answer, whichever it is. */
const KNOWN_FROM = 0.65;

/**
 * What a search allows: to answer, to offer the best entries, or neither.
 *
 * @param confidences best first
 * @param known whether the base has an answer at all (`hasAnswer` of the best), 0–1
 */
export function decisionFor(confidences: readonly number[], known: number): SearchDecision {
  const best = confidences[0] ?? 0;
  if (best >= ANSWER_FROM) {
    return "answer";
  }
  const among = confidences.slice(0, OFFERED).reduce((sum, confidence) => sum + confidence, 0);
  return best >= CHOICES_FROM || among >= AMONG_FROM || known >= KNOWN_FROM ? "choices" : "handoff";
}
