import type { Bag, EntryDocument, Phrase } from "./document";
import { phraseKey, type Segments, segment, withoutCourtesy } from "./segmentation";
import type { TokenStatistics } from "./statistics";
import { STOP_WORDS } from "./stop-words";
import { conceptsOfWord } from "./synonyms";

/** What speaks for an entry being the answer, each 0–1 unless said; confidence.ts weighs them. */
export interface Features {
  /** Share of the question's content, by idf, that the entry's questions name. */
  readonly coverage: number;
  /** The same over characters, pairs and stems, unknown ones counted as rare. */
  readonly gramCoverage: number;
  /** How well the closest phrase and the question cover each other. */
  readonly phrase: number;
  /** Dice coefficient of the pairs of characters with the closest phrase. */
  readonly dice: number;
  /** Lead over the best other entry as a share of the best score; negative for those behind. -1–1 */
  readonly margin: number;
  /** Content words of the question; 0 or more. */
  readonly contentWords: number;
  /** The question is one of the entry's phrases. */
  readonly exact: boolean;
}

export interface Ranked {
  readonly document: EntryDocument;
  readonly score: number;
  readonly features: Features;
  readonly phrase: string;
  /** Words of the question that were found in the entry's questions. */
  readonly matched: readonly string[];
}

/** What a function word counts beside a content word. */
const STOP_WEIGHT = 0.08;
/** BM25 with documents of several similar questions (retrieval.md section 3). */
const K1 = 1.6;
const B = 0.4;
/** Weights of the channels, each divided by its own best of this question so that they add up between merchants. */
const CHANNELS = { grams: 0.4, words: 0.2, concepts: 0.25, trigrams: 0.15 } as const;
/** An answer that names the words too; capped, because long answers name everything. */
const ANSWER_WEIGHT = 0.12;

type Channel = keyof typeof CHANNELS;

function weightOf(token: string, statistics: TokenStatistics): number {
  return statistics.idf(token) * (STOP_WORDS.has(token) ? STOP_WEIGHT : 1);
}

function bm25(query: ReadonlySet<string>, bag: Bag, average: number, statistics: TokenStatistics): number {
  let score = 0;
  for (const token of query) {
    const count = bag.counts.get(token);
    if (count !== undefined) {
      const norm = K1 * (1 - B + (B * bag.length) / (average || 1));
      score += (weightOf(token, statistics) * count * (K1 + 1)) / (count + norm);
    }
  }
  return score;
}

function shareOf(query: Iterable<string>, has: (token: string) => number, statistics: TokenStatistics): number {
  let sum = 0;
  let total = 0;
  for (const token of query) {
    const weight = weightOf(token, statistics);
    total += weight;
    sum += weight * has(token);
  }
  return total > 0 ? sum / total : 0;
}

const pairsOf = (text: string): Set<string> => {
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < text.length; index += 1) {
    pairs.add(text.slice(index, index + 2));
  }
  return pairs;
};

function dice(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of first) {
    common += second.has(pair) ? 1 : 0;
  }
  return first.size + second.size > 0 ? (2 * common) / (first.size + second.size) : 0;
}

/** A question, prepared once for all candidates. */
interface Query {
  readonly text: Segments;
  readonly key: string;
  readonly pairs: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly concepts: ReadonlySet<string>;
}

function prepare(question: string): Query {
  const asked = withoutCourtesy(question);
  const text = segment(asked);
  const key = phraseKey(asked);
  return { text, key, pairs: pairsOf(key), words: new Set(text.words), concepts: new Set(text.concepts) };
}

const HAN_WORD = /^[\u3400-\u9fff\uf900-\ufaff]{2,}$/u;

/** How much of one word of the question an entry's questions name, 0–1. */
function creditOf(word: string, document: EntryDocument): number {
  if (document.words.counts.has(word) || document.grams.counts.has(word)) {
    return 1;
  }
  if (conceptsOfWord(word).some((group) => document.concepts.counts.has(group))) {
    return 0.85;
  }
  if (HAN_WORD.test(word)) {
    const characters = Array.from(word);
    const pairs = characters.slice(1).map((character, index) => `${characters[index]}${character}`);
    const pairShare = pairs.filter((pair) => document.grams.counts.has(pair)).length / pairs.length;
    const characterShare =
      characters.filter((character) => document.grams.counts.has(character)).length / characters.length;
    return Math.max(0.75 * pairShare, 0.3 * characterShare);
  }
  return 0;
}

function trigramCredit(word: string, document: EntryDocument): number {
  if (word.length < 5 || HAN_WORD.test(word)) {
    return 0;
  }
  const framed = `${word}$`;
  let found = 0;
  for (let index = 0; index + 3 <= framed.length; index += 1) {
    found += document.trigrams.counts.has(`^${framed.slice(index, index + 3)}`) ? 1 : 0;
  }
  const share = found / (framed.length - 2);
  return share >= 0.6 ? 0.8 * share : 0;
}

function phraseMatch(query: Query, phrase: Phrase, statistics: TokenStatistics): number {
  const own = new Set(phrase.words);
  const forth = shareOf(query.words, (word) => agree(word, own, phrase.concepts), statistics);
  const back = shareOf(own, (word) => agree(word, query.words, query.concepts), statistics);
  return forth + back > 0 ? (2 * forth * back) / (forth + back) : 0;
}

function agree(word: string, words: ReadonlySet<string>, concepts: ReadonlySet<string>): number {
  if (words.has(word)) {
    return 1;
  }
  return conceptsOfWord(word).some((group) => concepts.has(group)) ? 0.85 : 0;
}

function channelScores(query: Query, documents: readonly EntryDocument[], statistics: TokenStatistics): number[] {
  const totals = documents.map(
    (document) => ANSWER_WEIGHT * shareOf(query.words, (word) => (document.answer.has(word) ? 1 : 0), statistics),
  );
  for (const channel of Object.keys(CHANNELS) as Channel[]) {
    const tokens = new Set(query.text[channel]);
    const average = documents.reduce((sum, document) => sum + document[channel].length, 0) / (documents.length || 1);
    const scores = documents.map((document) => bm25(tokens, document[channel], average, statistics));
    const best = Math.max(...scores);
    if (best > 0) {
      for (const [index, score] of scores.entries()) {
        totals[index] = (totals[index] ?? 0) + (CHANNELS[channel] * score) / best;
      }
    }
  }
  return totals;
}

function closest(query: Query, document: EntryDocument, statistics: TokenStatistics) {
  let best = { text: document.candidate.question, phrase: 0, dice: 0, exact: false };
  for (const phrase of document.phrases) {
    const found = {
      text: phrase.text,
      phrase: phraseMatch(query, phrase, statistics),
      dice: dice(query.pairs, pairsOf(phrase.key)),
      exact: phrase.key === query.key && phrase.key.length > 0,
    };
    if (found.exact || found.phrase + found.dice > best.phrase + best.dice) {
      best = found;
    }
    if (found.exact) {
      break;
    }
  }
  return best;
}

/** Entries are looked at closely only this far down the first ranking. */
const CLOSE_LOOK = 12;
/** What closeness of a single phrase adds to the score of the whole document. */
const PHRASE_WEIGHT = 0.35;

/**
 * Orders candidates by how well they answer a question: the sum of self-normalised BM25 channels (never rank fusion,
 * which destroys confidence: retrieval.md section 3), then the best dozen with the closeness of their best phrase.
 *
 * @returns the best first, at most a dozen
 */
export function rank(question: string, documents: readonly EntryDocument[], statistics: TokenStatistics): Ranked[] {
  const query = prepare(question);
  if (documents.length === 0 || query.key.length === 0) {
    return [];
  }
  const totals = channelScores(query, documents, statistics);
  const first = documents
    .map((document, index) => ({ document, base: totals[index] ?? 0 }))
    .sort((one, other) => other.base - one.base)
    .slice(0, CLOSE_LOOK)
    .map(({ document, base }) => {
      const near = closest(query, document, statistics);
      return { document, near, score: base + PHRASE_WEIGHT * (near.phrase + near.dice) + (near.exact ? 10 : 0) };
    })
    .sort((one, other) => other.score - one.score);
  const contentWords = [...query.words].filter((word) => !STOP_WORDS.has(word)).length;
  const content = new Set(query.text.grams);
  return first.map(({ document, near, score }, index) => {
    const rival = first[index === 0 ? 1 : 0]?.score ?? 0;
    const top = first[0]?.score || 1;
    const credit = (word: string) => Math.max(creditOf(word, document), trigramCredit(word, document));
    return {
      document,
      score,
      phrase: near.text,
      matched: [...query.words].filter((word) => !STOP_WORDS.has(word) && credit(word) >= 0.5),
      features: {
        coverage: shareOf(query.words, credit, statistics),
        gramCoverage: shareOf(content, (token) => (document.grams.counts.has(token) ? 1 : 0), statistics),
        phrase: near.phrase,
        dice: near.dice,
        margin: (score - rival) / top,
        contentWords,
        exact: near.exact,
      },
    };
  });
}
