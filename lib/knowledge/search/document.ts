import { LRUCache } from "lru-cache";
import { phraseKey, segment } from "./segmentation";

/** A published entry as the search reads it. */
export interface Candidate {
  readonly id: string;
  readonly version: number;
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
  readonly category: string;
  readonly language: string;
}

/** Tokens of one field with how often each stands there. */
export interface Bag {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

export interface Phrase {
  readonly text: string;
  /** See phraseKey: equal keys are the same question. */
  readonly key: string;
  readonly words: readonly string[];
  readonly concepts: ReadonlySet<string>;
}

/**
 * An entry cut into tokens. Question and variants are ONE document: per entry instead of per phrase is the biggest
 * single gain there is (retrieval.md finding 5).
 */
export interface EntryDocument {
  readonly candidate: Candidate;
  readonly grams: Bag;
  readonly words: Bag;
  readonly concepts: Bag;
  readonly trigrams: Bag;
  readonly answer: ReadonlySet<string>;
  readonly phrases: readonly Phrase[];
}

/** Characters of an answer that count: retrieval.md section 7 indexes about its first 80 tokens. */
const ANSWER_CHARACTERS = 400;

function bagOf(lists: readonly (readonly string[])[]): Bag {
  const counts = new Map<string, number>();
  let length = 0;
  for (const list of lists) {
    length += list.length;
    for (const token of list) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
  }
  return { counts, length };
}

/** Cuts an entry; about 2 µs a character, so search keeps the result (documentOf). */
export function analyse(candidate: Candidate): EntryDocument {
  const texts = [candidate.question, ...candidate.variants];
  const parts = texts.map((text) => segment(text));
  const answer = segment(candidate.answer, ANSWER_CHARACTERS);
  return {
    candidate,
    grams: bagOf(parts.map((part) => part.grams)),
    words: bagOf(parts.map((part) => part.words)),
    concepts: bagOf(parts.map((part) => part.concepts)),
    trigrams: bagOf(parts.map((part) => part.trigrams)),
    answer: new Set([...answer.grams, ...answer.words, ...answer.concepts]),
    phrases: texts.map((text, index) => ({
      text,
      key: phraseKey(text),
      words: parts[index]?.words ?? [],
      concepts: new Set(parts[index]?.concepts),
    })),
  };
}

// Bounded by tokens, not entries: some hundred variants make an entry a hundred times heavier.
const documents = new LRUCache<string, EntryDocument>({
  maxSize: 400_000,
  sizeCalculation: (item) => item.grams.length + item.answer.size + 50,
});

/** The tokens of an entry, kept by id and version. */
export function documentOf(candidate: Candidate): EntryDocument {
  const key = `${candidate.id}/${candidate.version}`;
  const known = documents.get(key);
  if (known) {
    return known;
  }
  const made = analyse(candidate);
  documents.set(key, made);
  return made;
}
