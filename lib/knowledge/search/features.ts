import type { Belonging, Discriminant } from "./discriminant";
import type { PhraseVectors } from "./phrase-vectors";
import type { Postings } from "./postings";
import type { VectorClassifier } from "./vector-classifier";

/** The question as a sentence vector. */
export interface AskedVector {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** How far the model can be trusted with the question's words, 0–1. */
  readonly trust: number;
  /** Turns the model's cosines into those that the weights were made for; left out: they are. */
  readonly measure?: ((cosine: number) => number) | undefined;
}

/** A batch of entries in the index. */
export interface Segment {
  readonly postings: Postings;
  /** Weights learned for this batch; undefined when there was nothing to learn from. */
  readonly weights: Float32Array | undefined;
  /** Sentence vectors of the batch, of the model that the question's vector is of. */
  readonly vectors?: PhraseVectors | undefined;
  readonly classifier?: VectorClassifier | undefined;
  readonly discriminant?: Discriminant | undefined;
  /** Whether a document is still what the entry says, and one that this search may see. */
  allows(document: number): boolean;
}

/** What speaks for an entry being the answer; confidence.ts weighs it. */
export interface Features {
  /** Share of the question's grams, by rarity, that the entry's closest phrases name. 0–1 */
  readonly coverage: number;
  /** How well the closest phrase and the question cover each other: cosine by rarity. 0–1 */
  readonly phrase: number;
  /** Sum of the channels, each as a share of what a perfect match of this question would bring. 0–1 */
  readonly strength: number;
  /** The same of the words of question and answer together; 0 as far as entries have no answers. 0–1 */
  readonly answerStrength: number;
  /** Share of the entries that have answers. 0–1 */
  readonly answered: number;
  /** How well the question and the entry's wording that is most like it say each other's words (alignment.ts). 0–1 */
  readonly alignment: number;
  /** Its lead over the best other entry's. -1–1 */
  readonly alignmentLead: number;
  /** Lead over the best other entry as a share of the best score; negative for those behind. -1–1 */
  readonly margin: number;
  /** Lead over the mean of the best five others as a share of the best score. At most 1 */
  readonly clearance: number;
  /** Probability by the learned weights; undefined where nothing was learned. 0–1 */
  readonly learned: number | undefined;
  /** Cosine of the closest phrase's vector; undefined without vectors. -1–1 */
  readonly similarity: number | undefined;
  /** Its lead over the best other entry's. -2–2 */
  readonly similarityLead: number;
  /** Where the question lies among the base's vectors, for this entry; undefined where nothing was learned from them. */
  readonly belonging: { readonly [Part in keyof Belonging]: number } | undefined;
  /** How far the vectors are trusted, 0–1. */
  readonly trust: number;
  readonly contentGrams: number;
  /** The question asks how long, how much or when, and of nothing. */
  readonly namesNothing: boolean;
  /** Share of Han characters in the question, 0–1. */
  readonly hanShare: number;
  /** The question is one of the entry's phrases, or a clause of one that no other entry has. */
  readonly exact: boolean;
}

export interface Ranked {
  readonly segment: number;
  readonly document: number;
  readonly score: number;
  /** Place of the closest phrase among the entry's: 0 is its question. */
  readonly phrase: number;
  readonly features: Features;
}
