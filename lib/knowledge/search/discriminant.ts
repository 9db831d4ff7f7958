import { Pauses } from "./pauses";
import { addRidge, addSquare, factorise, solve, solveLower, traceOf } from "./triangles";
import { sketch } from "./vector-classifier";

/**
 * How much is added to what the phrases' spread is in each direction, as a share of its mean: with fewer phrases than
 * dimensions most directions were never seen to vary.
 */
const RIDGE = 1;
/** Phrases of the middle of all that a document is taken to have beside its own: one wording is no middle. */
const PRIOR_PHRASES = 1;
/** Squared distances are many times too sure of themselves with few phrases; by this much, for 512 dimensions. */
const TEMPERATURE = 5 / 512;

/**
 * What the vectors of a knowledge base's phrases look like: around the middle of their own document, and all together.
 */
export interface Discriminant {
  readonly dimension: number;
  /** Middle of the documents' middles. */
  readonly centre: Float32Array;
  /** Row after row, one a document, of the linear discriminant. */
  readonly weights: Float32Array;
  readonly bases: Float32Array;
  /** How phrases spread around their document's middle, and how all spread: lower triangles, row after row. */
  readonly within: Float64Array;
  readonly overall: Float64Array;
  /** Middle of all phrases. */
  readonly mean: Float32Array;
}

function sumOf(vectors: readonly Float32Array[], dimension: number): Float64Array {
  const sum = new Float64Array(dimension);
  for (const vector of vectors) {
    for (let index = 0; index < dimension; index += 1) {
      sum[index] = (sum[index] as number) + (vector[index] as number);
    }
  }
  return sum;
}

const difference = (one: ArrayLike<number>, other: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: one.length }, (_none, index) => (one[index] ?? 0) - (other[index] ?? 0));

/** The two spreads as triangles: of phrases around their own document's middle, and of all around theirs. */
async function spreads(
  vectors: readonly (readonly Float32Array[])[],
  middles: readonly Float64Array[],
  mean: Float64Array,
): Promise<{ readonly within: Float64Array; readonly overall: Float64Array }> {
  const dimension = mean.length;
  const pauses = new Pauses();
  const within = new Float64Array(dimension ** 2);
  const phrases = vectors.reduce((sum, each) => sum + each.length, 0);
  const documents = vectors.filter((each) => each.length > 0).length;
  for (const [document, each] of vectors.entries()) {
    for (const vector of each) {
      addSquare(within, difference(vector, middles[document] ?? mean), 1);
      await pauses.ifDue();
    }
  }
  // What all spread is what they spread around their middles and what those spread.
  const overall = within.map((value) => value / phrases);
  for (const [document, each] of vectors.entries()) {
    addSquare(overall, difference(middles[document] ?? mean, mean), each.length / phrases);
    await pauses.ifDue();
  }
  const free = Math.max(1, phrases - documents);
  for (let index = 0; index < within.length; index += 1) {
    within[index] = (within[index] as number) / free;
  }
  for (const matrix of [within, overall]) {
    addRidge(matrix, dimension, (RIDGE * traceOf(matrix, dimension)) / dimension + 1e-6);
    await factorise(matrix, dimension, pauses);
  }
  return { within, overall };
}

/**
 * Learns how the vectors of the phrases tell documents apart (linear discriminant analysis, all documents alike), and how
 * far from everything that the base knows a question lies. About half a second for 150 documents with ten phrases each.
 *
 * @param vectors of length 1, or sketches of such, of each document's phrases; two documents or more have some
 */
export async function learnDiscriminant(
  vectors: readonly (readonly Float32Array[])[],
  dimension: number,
): Promise<Discriminant> {
  const sums = vectors.map((each) => sumOf(each, dimension));
  const phrases = vectors.reduce((sum, each) => sum + each.length, 0);
  const known = vectors.filter((each) => each.length > 0).length;
  const middles = sums.map((sum, document) => sum.map((value) => value / (vectors[document]?.length || 1)));
  const mean = new Float64Array(dimension);
  const centre = new Float64Array(dimension);
  for (const [document, middle] of middles.entries()) {
    const own = vectors[document]?.length ?? 0;
    for (let index = 0; own > 0 && index < dimension; index += 1) {
      mean[index] = (mean[index] as number) + ((middle[index] as number) * own) / phrases;
      centre[index] = (centre[index] as number) + (middle[index] as number) / known;
    }
  }
  const { within, overall } = await spreads(vectors, middles, mean);
  const weights = new Float32Array(vectors.length * dimension);
  const bases = new Float32Array(vectors.length).fill(Number.NEGATIVE_INFINITY);
  const pauses = new Pauses();
  for (const [document, middle] of middles.entries()) {
    const own = vectors[document]?.length ?? 0;
    if (own > 0) {
      const away = difference(middle, centre).map((value) => (value * own) / (own + PRIOR_PHRASES));
      const row = away.slice();
      solve(within, dimension, row);
      weights.set(row, document * dimension);
      bases[document] = -0.5 * away.reduce((sum, value, index) => sum + value * (row[index] as number), 0);
      await pauses.ifDue();
    }
  }
  return {
    dimension,
    centre: Float32Array.from(centre),
    weights,
    bases,
    within,
    overall,
    mean: Float32Array.from(mean),
  };
}

/** Where a question lies among what a base knows. */
export interface Belonging {
  /** Probability of each document, together 1, as if one of them had to be it. */
  readonly probabilities: Float32Array;
  /**
   * How much nearer the question is to each document than to the base as a whole, by how phrases spread (relative
   * Mahalanobis distance), in hundreds for 512 dimensions: about -0.3 where the base has the answer, -1 and less where
   * it speaks of something else.
   */
  readonly nearness: Float32Array;
}

function squaredLength(factor: Float64Array, values: Float64Array): number {
  solveLower(factor, values.length, values);
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Half a millisecond for 150 documents. */
export function belongingOf(learned: Discriminant, vector: Float32Array): Belonging {
  const { dimension, weights, bases, within, overall } = learned;
  const asked = sketch(vector);
  const away = difference(asked, learned.centre);
  const scores = bases.map((base, document) => {
    const start = document * dimension;
    let sum = base;
    for (let index = 0; index < dimension; index += 1) {
      sum += (weights[start + index] as number) * (away[index] as number);
    }
    return sum;
  });
  const background = squaredLength(overall, difference(asked, learned.mean)) - squaredLength(within, away.slice());
  const most = scores.reduce((high, score) => Math.max(high, score), Number.NEGATIVE_INFINITY);
  const likelihoods = scores.map((score) => Math.exp((score - most) / (TEMPERATURE * dimension)));
  const total = likelihoods.reduce((sum, value) => sum + value, 0) || 1;
  return {
    probabilities: likelihoods.map((value) => value / total),
    nearness: scores.map((score) => (2 * score + background) * (512 / dimension / 100)),
  };
}
