import { Pauses } from "./pauses";

/** Numbers that one index keeps of vectors, one byte each: what 100,000 vectors of 512 come to. */
const BYTES_MAX = 52_000_000;
/** Vectors up to which all are compared; of more, only those whose signs are nearest. */
const EXACT_ROWS = 8_192;
const NEAREST = 250;

/**
 * Sentence vectors of a batch's phrases, one byte a number, and of each document the middle of its own. A document
 * without any has no rows.
 */
export interface PhraseVectors {
  readonly dimension: number;
  /** First row of each document, with the end after the last; a document's last row is its middle if it has several. */
  readonly starts: Uint32Array;
  /** Row after row. */
  readonly numbers: Int8Array;
  /** What a row's numbers are multiplied by. */
  readonly scales: Float32Array;
  /** One bit for each number's sign, row after row; null where all rows are compared. */
  readonly signs: Uint32Array | null;
  /** Share of the documents that have vectors, 0–1. */
  readonly share: number;
}

export interface Similarity {
  /** Cosine of the closest phrase, and of the middle of all phrases. */
  readonly best: number;
  readonly middle: number;
}

/** Length 1, so that a product of two is their cosine. A vector of zeros stays. */
export function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) {
    sum += (vector[index] as number) ** 2;
  }
  const length = Math.sqrt(sum) || 1;
  return vector.map((value) => value / length);
}

export function middleOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let index = 0; index < sum.length; index += 1) {
      sum[index] = (sum[index] as number) + (vector[index] as number);
    }
  }
  return unit(sum);
}

/** Takes the vectors of one document after the other. */
export class PhraseVectorsBuilder {
  private readonly rows: Int8Array[] = [];
  private readonly scales: number[] = [];
  private readonly starts: number[] = [];
  private known = 0;

  constructor(private readonly dimension: number) {}

  /** @param vectors of length 1, one for each phrase; none when the document has none */
  add(vectors: readonly Float32Array[]): void {
    this.starts.push(this.rows.length);
    this.known += vectors.length > 0 ? 1 : 0;
    // Past half of the room a document is its middle alone.
    const many = this.rows.length * this.dimension > BYTES_MAX / 2;
    const rows = vectors.length < 2 ? vectors : many ? [middleOf(vectors)] : [...vectors, middleOf(vectors)];
    if ((this.rows.length + rows.length) * this.dimension <= BYTES_MAX) {
      for (const row of rows) {
        this.push(row);
      }
    }
  }

  private push(vector: Float32Array): void {
    let most = 1e-9;
    for (const value of vector) {
      most = Math.max(most, Math.abs(value));
    }
    this.rows.push(Int8Array.from(vector, (value) => Math.round((value / most) * 127)));
    this.scales.push(most / 127);
  }

  async build(): Promise<PhraseVectors> {
    const { dimension, rows } = this;
    const pauses = new Pauses();
    const numbers = new Int8Array(rows.length * dimension);
    for (const [row, values] of rows.entries()) {
      numbers.set(values, row * dimension);
      await pauses.ifDue();
    }
    return {
      dimension,
      starts: Uint32Array.from([...this.starts, rows.length]),
      numbers,
      scales: Float32Array.from(this.scales),
      signs: rows.length > EXACT_ROWS ? await allSigns(numbers, dimension) : null,
      share: this.known / (this.starts.length || 1),
    };
  }
}

const wordsFor = (dimension: number): number => Math.ceil(dimension / 32);

function signsOf(numbers: Int8Array | Float32Array): Uint32Array {
  const signs = new Uint32Array(wordsFor(numbers.length));
  for (let index = 0; index < numbers.length; index += 1) {
    if ((numbers[index] as number) > 0) {
      signs[index >>> 5] = ((signs[index >>> 5] as number) | (1 << (index & 31))) >>> 0;
    }
  }
  return signs;
}

async function allSigns(numbers: Int8Array, dimension: number): Promise<Uint32Array> {
  const width = wordsFor(dimension);
  const rows = numbers.length / dimension;
  const signs = new Uint32Array(rows * width);
  const pauses = new Pauses();
  for (let row = 0; row < rows; row += 1) {
    signs.set(signsOf(numbers.subarray(row * dimension, (row + 1) * dimension)), row * width);
    await pauses.ifDue();
  }
  return signs;
}

function cosine(vectors: PhraseVectors, row: number, query: Float32Array): number {
  const { dimension, numbers } = vectors;
  const start = row * dimension;
  let sum = 0;
  for (let index = 0; index < dimension; index += 1) {
    sum += (numbers[start + index] as number) * (query[index] as number);
  }
  return sum * (vectors.scales[row] as number);
}

/** How close a document is to a question; undefined when it has no vectors. */
export function similarityOf(vectors: PhraseVectors, document: number, query: Float32Array): Similarity | undefined {
  const first = vectors.starts[document] ?? 0;
  const end = vectors.starts[document + 1] ?? 0;
  if (end <= first) {
    return undefined;
  }
  let best = -1;
  const phrases = end - first > 1 ? end - 1 : end;
  for (let row = first; row < phrases; row += 1) {
    best = Math.max(best, cosine(vectors, row, query));
  }
  return { best, middle: phrases === end ? best : cosine(vectors, phrases, query) };
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows whose signs differ least from the question's: some 250, more when many differ equally. */
function rowsNear(signs: Uint32Array, dimension: number, query: Float32Array): number[] {
  const width = wordsFor(dimension);
  const asked = signsOf(query);
  const rows = signs.length / width;
  const distances = new Uint16Array(rows);
  const counts = new Uint32Array(dimension + 1);
  for (let row = 0; row < rows; row += 1) {
    let distance = 0;
    for (let word = 0; word < width; word += 1) {
      distance += bitsOf((signs[row * width + word] as number) ^ (asked[word] as number));
    }
    distances[row] = distance;
    counts[distance] = (counts[distance] as number) + 1;
  }
  let limit = 0;
  for (let found = counts[0] as number; found < NEAREST && limit < dimension; ) {
    limit += 1;
    found += counts[limit] as number;
  }
  const near: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    if ((distances[row] as number) <= limit) {
      near.push(row);
    }
  }
  return near;
}

function documentOf(starts: Uint32Array, row: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= row) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** Documents worth comparing exactly: all of a small batch, of a large one those with the nearest signs. */
export function documentsNear(vectors: PhraseVectors, query: Float32Array): Iterable<number> {
  const { signs, dimension, starts } = vectors;
  return signs
    ? new Set(rowsNear(signs, dimension, query).map((row) => documentOf(starts, row)))
    : Array.from({ length: starts.length - 1 }, (_none, document) => document);
}
