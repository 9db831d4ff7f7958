import { normalise, phraseKey, type Segments, segment, wordsOf } from "./segmentation";
import { conceptsOfWord } from "./synonyms";
import { type Channel, tokenHash } from "./token-hash";

/** Characters of an answer that are indexed: further down a long text is about everything. */
export const ANSWER_CHARACTERS = 1_000;
/** Letters of a phrase that are kept to compare their order. */
const LETTERS_MAX = 80;

/** An entry cut into hashed tokens, ready for the index. */
export interface AnalysedEntry {
  /** Tokens of each channel with repeats; question and variants together (retrieval.md finding 5). */
  readonly channels: readonly (readonly number[])[];
  /** Distinct grams of each phrase: the question, then the variants, then clauses of those that have several. */
  readonly phrases: readonly (readonly number[])[];
  /** Tokens of each phrase by channel, what the index learns from. */
  readonly wordings: readonly (readonly (readonly number[])[])[];
  /** Words of each wording in reading order; clauses have none. */
  readonly words: readonly (readonly string[])[];
  /** Latin words of the wordings as they are written. */
  readonly forms: readonly string[];
  /** Letters of each phrase in their order (`phraseLetters`). */
  readonly letters: readonly string[];
  /** Hash of the answer, to know entries that say the same; 0 for none. */
  readonly answerKey: number;
  /** Hash of each phrase's key, to know a question that is one of them; clauses are told apart by their channel. */
  readonly keys: readonly number[];
}

/** What a question or a phrase says, in tokens of the four channels of the questions. */
export function channelsOf(parts: Segments): readonly (readonly string[])[] {
  const meanings = [...parts.concepts];
  for (const word of parts.words) {
    if (conceptsOfWord(word).length === 0) {
      meanings.push(word);
    }
  }
  return [parts.grams, parts.words, meanings, parts.sounds];
}

const hashAll = (tokens: readonly string[], channel: Channel): number[] =>
  tokens.map((token) => tokenHash(token, channel));

/** A phrase as the order of its letters is compared: one spelling, no punctuation, at most 80 characters. */
export function phraseLetters(text: string): string {
  return normalise(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, LETTERS_MAX);
}

const CLAUSE_END = /[，,；;。.！!？?、]+/u;
/** Letters of a clause that says something by itself. */
const CLAUSE_MIN = 4;

/** Clauses of a wording that has several: "运费怎么算，满多少包邮？" is asked as "运费怎么算" too. */
function clausesOf(text: string): string[] {
  const clauses = text.split(CLAUSE_END).filter((clause) => phraseKey(clause).length >= CLAUSE_MIN);
  return clauses.length > 1 ? clauses : [];
}

/** Cuts an entry; some 100 microseconds for one with five variants. */
export function analyseEntry(entry: {
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
}): AnalysedEntry {
  const texts = [entry.question, ...entry.variants];
  const channels: number[][] = [[], [], [], [], []];
  const phrases: number[][] = [];
  const wordings: number[][][] = [];
  const words: (readonly string[])[] = [];
  const spoken: string[] = [];
  const forms: string[] = [];
  for (const text of texts) {
    const cut = segment(text);
    const parts = channelsOf(cut);
    words.push(cut.pieces);
    spoken.push(...cut.words);
    forms.push(...cut.forms);
    const wording: number[][] = [];
    for (const [channel, tokens] of parts.entries()) {
      const hashes = hashAll(tokens, channel as Channel);
      wording.push(hashes);
      for (const hash of hashes) {
        channels[channel]?.push(hash);
      }
      if (channel === 0) {
        phrases.push([...new Set(hashes)]);
      }
    }
    wordings.push(wording);
  }
  channels[4] = hashAll([...spoken, ...wordsOf(entry.answer, ANSWER_CHARACTERS)], 4);
  const keys = texts.map((text) => tokenHash(phraseKey(text), 5));
  const letters = texts.map(phraseLetters);
  for (const clause of texts.flatMap(clausesOf)) {
    phrases.push([...new Set(hashAll(segment(clause).grams, 0))]);
    keys.push(tokenHash(phraseKey(clause), 6));
    letters.push(phraseLetters(clause));
  }
  const answer = phraseKey(entry.answer);
  return {
    channels,
    phrases,
    wordings,
    words,
    forms,
    keys,
    letters,
    answerKey: answer === "" ? 0 : tokenHash(answer, 7),
  };
}
