import { channelsOf, phraseLetters } from "./analysed-entry";
import { phraseKey, segment, withoutCourtesy } from "./segmentation";
import { STOP_WORDS } from "./stop-words";
import { type Channel, tokenHash } from "./token-hash";

/** A question, cut once for all entries. */
export interface Query {
  /** Distinct tokens of each channel of the index, as hashes; the fifth for questions and answers together. */
  readonly channels: readonly (readonly number[])[];
  /** Hashes of function words, whatever the channel. */
  readonly functionWords: ReadonlySet<number>;
  /** Hashes of single Han characters among the grams. */
  readonly characters: readonly number[];
  /** The question's words in reading order. */
  readonly words: readonly string[];
  /** The question's letters, to compare their order with a phrase's. */
  readonly letters: string;
  /** Weight of each channel for this question; Han and Latin text are weighed differently. */
  readonly weights: readonly number[];
  /** Hash of the question's key. */
  readonly key: number;
  /** The same as the key of a clause. */
  readonly clauseKey: number;
  /** Grams that are not function words; 0 or more. */
  readonly contentGrams: number;
  /** Nothing is left of the question without function words and the aspect it asks for ("要多久", "how much is it"). */
  readonly namesNothing: boolean;
  /** Share of Han characters among letters, 0–1. */
  readonly hanShare: number;
}

/** Weights of grams, words, meanings, sounds; by what the text is written in (retrieval.md section 3). */
const HAN_WEIGHTS = [0.35, 0.15, 0.4, 0.05] as const;
const LATIN_WEIGHTS = [0.2, 0.2, 0.3, 0.3] as const;
/** Question and answer together, where all entries have answers. */
const ANSWER_WEIGHT = 0.95;
const isHanCharacter = (gram: string): boolean => /^[\u3400-\u9fff\uf900-\ufaff]$/u.test(gram);
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/gu;

const ASPECT =
  /多久|多长时间|几天|几个小时|什么时候|何时|多少钱|多少|哪里|哪儿|在哪|为什么|为啥|怎么样|怎么弄|怎么办|可以吗|行吗|大概|一般|需要|\b(?:how (?:long|much|many|often|far)|what time|when|where|why|take|takes|cost|costs)\b/giu;

/** Cuts a question into what the index is asked for. */
export function queryOf(question: string): Query {
  const asked = withoutCourtesy(question);
  const parts = segment(asked);
  const lists = [...channelsOf(parts), parts.words];
  const functionWords = new Set<number>();
  const channels = lists.map((tokens, channel) =>
    [...new Set(tokens)].map((token) => {
      const hash = tokenHash(token, channel as Channel);
      if (STOP_WORDS.has(token)) {
        functionWords.add(hash);
      }
      return hash;
    }),
  );
  const letters = asked.replace(/[^\p{L}\p{N}]+/gu, "").length || 1;
  // A Latin brand name in a Chinese sentence has many letters: half Han is Han.
  const hanShare = Math.min(1, (2 * (asked.match(HAN)?.length ?? 0)) / letters);
  const weights = HAN_WEIGHTS.map(
    (weight, channel) => weight * hanShare + (LATIN_WEIGHTS[channel] ?? 0) * (1 - hanShare),
  );
  return {
    channels,
    functionWords,
    characters: parts.grams.filter(isHanCharacter).map((gram) => tokenHash(gram, 0)),
    words: parts.pieces,
    letters: phraseLetters(asked),
    weights: [...weights, ANSWER_WEIGHT],
    key: tokenHash(phraseKey(asked), 5),
    clauseKey: tokenHash(phraseKey(asked), 6),
    contentGrams: (channels[0] ?? []).filter((hash) => !functionWords.has(hash)).length,
    namesNothing: segment(asked.replace(ASPECT, " ")).words.every((word) => STOP_WORDS.has(word)),
    hanShare,
  };
}
