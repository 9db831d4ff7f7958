import type { AnalysedEntry } from "./analysed-entry";
import { Pauses } from "./pauses";
import type { Postings } from "./postings";

/** Channels of the questions that learn: grams, words, meanings, sounds. */
const CHANNELS = 4;
/** Share of each channel in an example's length. */
const SHARES = [0.9, 0.7, 0.7, 0.7] as const;
const ROUNDS = 30;
const STEP = 3;
/** Phrases past which nothing is learned: the time grows faster than the gain. */
export const PHRASES_MAX = 20_000;
/** Phrases an entry must have on average: from one wording there is nothing to learn. */
const PHRASES_EACH_MIN = 2;
/** A term in more entries than this tells none of them apart and would cost the most. */
const FREQUENCY_MAX = 1_500;

/** A wording as terms with their value; terms of each channel share its length, so long wordings weigh no more. */
export interface Example {
  readonly terms: readonly number[];
  readonly values: readonly number[];
}

/** Turns the distinct tokens of each channel into an example of these postings. */
export function exampleOf(postings: Postings, channels: readonly (readonly number[])[]): Example {
  const terms: number[] = [];
  const values: number[] = [];
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    const distinct = new Set(channels[channel]);
    const value = (SHARES[channel] ?? 0) / Math.sqrt(distinct.size || 1);
    for (const hash of distinct) {
      const term = postings.find(hash);
      if (term >= 0 && (postings.starts[term + 1] ?? 0) - (postings.starts[term] ?? 0) <= FREQUENCY_MAX) {
        terms.push(term);
        values.push(value);
      }
    }
  }
  return { terms, values };
}

/** Whether a knowledge base has wordings enough to learn from, and not too many. */
export function canLearn(entries: number, phrases: number): boolean {
  return phrases <= PHRASES_MAX && entries > 1 && phrases >= entries * PHRASES_EACH_MIN;
}

/** Adds what an example says for each document to `scores`. */
function score(postings: Postings, weights: Float32Array, example: Example, scores: Float32Array): void {
  for (const [index, term] of example.terms.entries()) {
    const value = example.values[index] ?? 0;
    const end = postings.starts[term + 1] ?? 0;
    for (let place = postings.starts[term] ?? 0; place < end; place += 1) {
      const document = postings.documentOf[place] ?? 0;
      scores[document] = (scores[document] ?? 0) + value * (weights[place] ?? 0);
    }
  }
}

/** Turns scores into probabilities (softmax) in place. */
function normalise(scores: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of scores) {
    highest = Math.max(highest, value);
  }
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1) {
    const value = Math.exp((scores[index] ?? 0) - highest);
    scores[index] = value;
    sum += value;
  }
  for (let index = 0; index < scores.length; index += 1) {
    scores[index] = (scores[index] ?? 0) / sum;
  }
}

function adjust(postings: Postings, weights: Float32Array, example: Example, errors: Float32Array, step: number): void {
  for (const [index, term] of example.terms.entries()) {
    const by = step * (example.values[index] ?? 0);
    const end = postings.starts[term + 1] ?? 0;
    for (let place = postings.starts[term] ?? 0; place < end; place += 1) {
      weights[place] = (weights[place] ?? 0) - by * (errors[postings.documentOf[place] ?? 0] ?? 0);
    }
  }
}

/** An order that looks random and is the same every time, so that an index built twice is the same. */
function shuffle(order: Uint32Array, seed: number): void {
  let state = seed;
  for (let index = order.length - 1; index > 0; index -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (index + 1));
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
}

/** A number that stands for a wording, whatever place its entry has in the index. */
function keyOf(wording: readonly (readonly number[])[]): number {
  let key = 0;
  for (const channel of wording) {
    for (const hash of channel) {
      key = (Math.imul(key, 31) + hash) >>> 0;
    }
  }
  return key;
}

/**
 * The entries' wordings with the entry that each is for, in an order that comes from what they say: entries come in the
 * order of their ids, which are random, and what is learned depends on the order (a confidence by up to 0.2).
 */
function lessonsOf(
  postings: Postings,
  entries: readonly AnalysedEntry[],
): { readonly example: Example; readonly answer: number }[] {
  return entries
    .flatMap((entry, answer) =>
      entry.wordings.map((wording, place) => {
        const entryKey = keyOf(entry.wordings[0] ?? []);
        return { example: exampleOf(postings, wording), answer, keys: [keyOf(wording), entryKey, place] as const };
      }),
    )
    .sort(({ keys: one }, { keys: other }) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
}

/**
 * Learns from a knowledge base's own wordings which of its terms tell its entries apart: multinomial logistic regression
 * by stochastic gradient descent, with a weight for each posting and none elsewhere, so that it costs no more memory
 * than the postings.
 *
 * @returns one weight for each posting
 */
export async function learnWeights(postings: Postings, entries: readonly AnalysedEntry[]): Promise<Float32Array> {
  const lessons = lessonsOf(postings, entries);
  const weights = new Float32Array(postings.documentOf.length);
  const scores = new Float32Array(postings.documents);
  const order = Uint32Array.from(lessons.keys());
  const pauses = new Pauses();
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, round + 1);
    const step = STEP * (1 - round / ROUNDS);
    for (const index of order) {
      const { example, answer } = lessons[index] ?? { example: { terms: [], values: [] }, answer: 0 };
      scores.fill(0);
      score(postings, weights, example, scores);
      normalise(scores);
      scores[answer] = (scores[answer] ?? 0) - 1;
      adjust(postings, weights, example, scores, step);
      await pauses.ifDue();
    }
  }
  return weights;
}

/** Probability of each document for an example, 0–1, together 1. */
export function probabilities(postings: Postings, weights: Float32Array, example: Example): Float32Array {
  const scores = new Float32Array(postings.documents);
  score(postings, weights, example, scores);
  normalise(scores);
  return scores;
}
