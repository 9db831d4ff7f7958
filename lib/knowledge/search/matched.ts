import type { Features } from "./features";
import { normalise, segment, withoutCourtesy } from "./segmentation";
import { STOP_WORDS } from "./stop-words";
import { conceptsIn } from "./synonyms";

/** Why an entry was found, in the words of the question. */
export interface Matched {
  /** The entry's wording that comes closest: its question or one of its variants. */
  readonly phrase: string;
  /** Whether that is a variant. */
  readonly variant: boolean;
  /** Words of the question that stand in the entry's wordings. */
  readonly words: string[];
  /** Words of the question that the entry says in another way. */
  readonly synonyms: string[];
  /** The vectors of both are near. */
  readonly meaning: boolean;
}

/** Cosine, in the measure of the weights, from which on two questions mean about the same (embeddings/calibration.ts). */
const MEANT_FROM = 0.5;

const WORDS_MAX = 12;

/** Reads the reason out of the texts; about 50 microseconds an entry. */
export function matchedOf(
  question: string,
  entry: { readonly question: string; readonly variants: readonly string[]; readonly answer: string },
  found: { readonly phrase: number; readonly features: Features },
): Matched {
  const phrases = [entry.question, ...entry.variants];
  const phrase = phrases[found.phrase] ?? entry.question;
  const known = new Set(segment(phrase).words);
  const every = normalise(phrases.join("\n"));
  const meant = new Set(conceptsIn(normalise(phrase), [...known]));
  const words: string[] = [];
  const synonyms: string[] = [];
  for (const word of new Set(segment(withoutCourtesy(question)).words)) {
    if (STOP_WORDS.has(word)) {
      continue;
    }
    if (known.has(word) || every.includes(word)) {
      words.push(word);
    } else if (conceptsIn(word, [word]).some((concept) => meant.has(concept))) {
      synonyms.push(word);
    }
  }
  return {
    phrase,
    variant: found.phrase > 0,
    words: words.slice(0, WORDS_MAX),
    synonyms: synonyms.slice(0, WORDS_MAX),
    meaning: found.features.trust > 0 && (found.features.similarity ?? 0) >= MEANT_FROM,
  };
}
