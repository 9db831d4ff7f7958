import { Pauses } from "./pauses";
import { addRidge, addSquare, factorise, solve } from "./triangles";

/** How much the weights are held back; with fewer wordings than dimensions they would fit anything. */
const RIDGE = 0.5;
/** Work past which nothing is learned: it would take a minute. */
const WORK_MAX = 6_000_000_000;

/** Numbers of a vector that are learned from; of a longer one a sketch is. */
const LENGTH_MAX = 512;

export function sketchedLength(dimension: number): number {
  return Math.min(dimension, LENGTH_MAX);
}

/**
 * A long vector in fewer numbers, each the sum of a few with signs that look random and are always the same (feature
 * hashing): products stay what they were, give or take a twentieth. A short one is itself.
 */
export function sketch(vector: Float32Array): Float32Array {
  if (vector.length <= LENGTH_MAX) {
    return vector;
  }
  const short = new Float32Array(LENGTH_MAX);
  for (let index = 0; index < vector.length; index += 1) {
    const hash = Math.imul(index + 1, 2_654_435_761) >>> 0;
    const place = index % LENGTH_MAX;
    short[place] = (short[place] as number) + ((hash >>> 16) & 1 ? 1 : -1) * (vector[index] as number);
  }
  return short;
}

/** Weights of each document, learned from the vectors of its phrases. */
export interface VectorClassifier {
  readonly dimension: number;
  readonly mean: Float32Array;
  /** Row after row, one a document. */
  readonly weights: Float32Array;
  /** What a document scores before anything is asked. */
  readonly bases: Float32Array;
}

/**
 * Learns which document a vector belongs to: ridge regression on the vectors of the phrases, a document with few phrases
 * weighing more than its share. About half a second for 150 documents with ten phrases each.
 *
 * @param vectors of length 1, or sketches of such, of each document's phrases
 * @param spread how widely they spread beside those that the ridge was chosen with
 * @returns null when there is too much to learn from
 */
export async function learnVectors(
  vectors: readonly (readonly Float32Array[])[],
  dimension: number,
  spread = 1,
): Promise<VectorClassifier | null> {
  const documents = vectors.length;
  const phrases = vectors.reduce((sum, each) => sum + each.length, 0);
  if (phrases * dimension ** 2 + dimension ** 3 + documents * dimension ** 2 > WORK_MAX) {
    return null;
  }
  const pauses = new Pauses();
  const shares = vectors.map((each) => 1 / Math.sqrt(each.length || 1));
  const total = vectors.reduce((sum, each, document) => sum + each.length * (shares[document] ?? 0), 0) || 1;
  const scale = phrases / total;
  const mean = new Float64Array(dimension);
  const sums = vectors.map((each, document) => {
    const sum = new Float64Array(dimension);
    for (const vector of each) {
      for (let index = 0; index < dimension; index += 1) {
        sum[index] = (sum[index] as number) + scale * (shares[document] ?? 0) * (vector[index] as number);
      }
    }
    for (let index = 0; index < dimension; index += 1) {
      mean[index] = (mean[index] as number) + (sum[index] as number) / phrases;
    }
    return sum;
  });
  const matrix = await spreadOf(vectors, {
    shares: shares.map((share) => share * scale),
    mean,
    pauses,
    ridge: RIDGE * spread,
  });
  await factorise(matrix, dimension, pauses);
  const weights = new Float32Array(documents * dimension);
  const bases = new Float32Array(documents);
  for (const [document, sum] of sums.entries()) {
    const mass = (vectors[document]?.length ?? 0) * (shares[document] ?? 0) * scale;
    const values = sum.map((value, index) => value - mass * (mean[index] as number));
    solve(matrix, dimension, values);
    weights.set(values, document * dimension);
    bases[document] = mass / phrases;
    await pauses.ifDue();
  }
  return { dimension, mean: Float32Array.from(mean), weights, bases };
}

/** How the vectors spread around their mean, with the ridge. Only the lower left is filled. */
async function spreadOf(
  vectors: readonly (readonly Float32Array[])[],
  by: {
    readonly shares: readonly number[];
    readonly mean: Float64Array;
    readonly pauses: Pauses;
    readonly ridge: number;
  },
): Promise<Float64Array> {
  const { shares, mean, pauses, ridge } = by;
  const dimension = mean.length;
  const matrix = new Float64Array(dimension * dimension);
  for (const [document, each] of vectors.entries()) {
    const share = shares[document] ?? 0;
    for (const vector of each) {
      const centred = mean.map((value, index) => (vector[index] as number) - value);
      addSquare(matrix, centred, share);
      await pauses.ifDue();
    }
  }
  addRidge(matrix, dimension, ridge);
  return matrix;
}

/** How much a vector looks like each document's, about 0–1. */
export function classify(classifier: VectorClassifier, vector: Float32Array): Float32Array {
  const { dimension, mean, weights, bases } = classifier;
  const centred = sketch(vector).map((value, index) => value - (mean[index] as number));
  return bases.map((base, document) => {
    const start = document * dimension;
    let sum = base;
    for (let index = 0; index < dimension; index += 1) {
      sum += (weights[start + index] as number) * (centred[index] as number);
    }
    return Math.min(1, Math.max(0, sum));
  });
}
