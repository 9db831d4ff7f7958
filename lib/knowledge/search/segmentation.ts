import { stem } from "./stem";
import { STOP_WORDS } from "./stop-words";
import { conceptsIn } from "./synonyms";

/**
 * What a text says, as four bags of tokens. Library defaults do not work in Chinese (retrieval.md findings 1–4):
 * Postgres keeps a whole Chinese sentence as one token, so the text is cut here.
 */
export interface Segments {
  /** Each Han character and pair of neighbours, and Latin stems: what survives a wrong word border. */
  readonly grams: readonly string[];
  /** Words of Intl.Segmenter (Han) and stems (Latin), in reading order, function words too. */
  readonly words: readonly string[];
  /** Synonym groups that the text names (`~refund`). */
  readonly concepts: readonly string[];
  /** Trigrams of Latin words (`^ref`): what survives a typing mistake. */
  readonly trigrams: readonly string[];
}

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/u;
const RUNS = /[\u3400-\u9fff\uf900-\ufaff]+|(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}'’])+/gu;
/** A longer "word" is an address or garbage; its start is enough to match on. */
const WORD_MAX = 32;
const TRIGRAMS_FROM = 4;

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** One spelling for what means the same: width, case, apostrophes, spaces (Unicode NFKC). */
export function normalise(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("’", "'").replace(/\s+/gu, " ").trim();
}

const COURTESY =
  /^(?:(?:你好|您好|嗨|哈喽|亲|在吗|请问|麻烦问(?:一下|下)?|问(?:一下|下)|我想(?:问|咨询|了解)(?:一下|下)?|想(?:问|咨询|了解)(?:一下|下)?|咨询(?:一下|下)|hi|hello|hey|excuse me|please|can you tell me|could you tell me|i (?:want|would like) to know|do you know)(?![a-z])[\s,，.。!！:：~、]*)+(?=.{2,})/iu;

const COURTESY_AFTER = /[\s,，]*(?:please|pls|thanks|thank you|谢谢|谢了|麻烦了)[\s!！.。?？~]*$/iu;

/** A question without the pleasantries around it, so that it can equal a phrase of an entry. */
export function withoutCourtesy(text: string): string {
  return normalise(text).replace(COURTESY, "").replace(COURTESY_AFTER, "");
}

/** Two texts with the same key are the same question: punctuation and spaces are left out too. */
export function phraseKey(text: string): string {
  return normalise(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

function addHan(run: string, grams: string[], words: string[]): void {
  const characters = Array.from(run);
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    grams.push(character);
    if (index + 1 < characters.length) {
      grams.push(character + characters[index + 1]);
    }
  }
  for (const part of segmenter.segment(run)) {
    words.push(part.segment);
  }
}

function addLatin(run: string, grams: string[], words: string[], trigrams: string[]): void {
  const word = stem(run.slice(0, WORD_MAX));
  if (!word) {
    return;
  }
  grams.push(word);
  words.push(word);
  if (word.length >= TRIGRAMS_FROM && !STOP_WORDS.has(word)) {
    const framed = `${word}$`;
    for (let index = 0; index + 3 <= framed.length; index += 1) {
      trigrams.push(`^${framed.slice(index, index + 3)}`);
    }
  }
}

/**
 * Cuts a text into tokens.
 *
 * @param limit most characters that are read: an answer's first lines say what it is about
 */
export function segment(text: string, limit = 1_000): Segments {
  const clean = normalise(text.slice(0, limit));
  const grams: string[] = [];
  const words: string[] = [];
  const trigrams: string[] = [];
  for (const run of clean.match(RUNS) ?? []) {
    if (HAN.test(run)) {
      addHan(run, grams, words);
    } else {
      addLatin(run, grams, words, trigrams);
    }
  }
  return { grams, words, concepts: conceptsIn(clean, words), trigrams };
}
