import { simplified } from "@/lib/platform/text/chinese-script";
import { soundOf } from "./sounds";
import { stem } from "./stem";
import { STOP_WORDS } from "./stop-words";
import { conceptsIn, groupWordAt } from "./synonyms";

/**
 * What a text says, as bags of tokens, one a channel of the index. Library defaults do not work in Chinese
 * (retrieval.md findings 1–4), so the text is cut here.
 */
export interface Segments {
  /** Each Han character and pair of neighbours, Latin stems and pairs of them: what survives a wrong word border. */
  readonly grams: readonly string[];
  /** Words of Intl.Segmenter (Han) and stems (Latin), in reading order, function words too. */
  readonly words: readonly string[];
  /** The same, but that words of the synonym groups are cut out first: "怎么开发票" has "发票", whatever the segmenter says. */
  readonly pieces: readonly string[];
  /** Synonym groups that the text names (`~refund`). */
  readonly concepts: readonly string[];
  /** Pinyin of Han characters and pairs, trigrams of Latin words: what survives a typing mistake. */
  readonly sounds: readonly string[];
  /** Latin words as they are written, without a stem. */
  readonly forms: readonly string[];
}

export const HAN = /[\u3400-\u9fff\uf900-\ufaff]/u;
/** Han text, and words of other letters and digits. */
export const RUNS = /[\u3400-\u9fff\uf900-\ufaff]+|(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}'])+/gu;
/** A longer "word" is an address or garbage; its start is enough to match on. */
const WORD_MAX = 32;

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Words of Han text. */
export function wordsIn(text: string): string[] {
  return text === "" ? [] : Array.from(segmenter.segment(text), (part) => part.segment);
}

/** One spelling for what means the same: width, case, apostrophes, spaces (Unicode NFKC), traditional characters. */
export function normalise(text: string): string {
  const clean = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/(?<=\d),(?=\d{3})/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return simplified(clean);
}

const COURTESY =
  /^(?:(?:你好|您好|嗨|哈喽|亲|在吗|请问|麻烦问(?:一下|下)?|问(?:一下|下)|我想(?:问|咨询|了解)(?:一下|下)?|想(?:问|咨询|了解)(?:一下|下)?|咨询(?:一下|下)|(?:有)?(?:谁|哪位|人)知道|有没有人知道|求(?:大神)?告知|(?:请)?各位(?:大神|大佬)?|帮(?:个)?忙|急(?=[!！,，])|求助|跪求|hi|hello|hey|excuse me|please|can you tell me|could you tell me|i (?:want|would like) to know|do you know)(?![a-z])[\s,，.。!！:：~、]*)+(?=.{2,})/iu;

const COURTESY_AFTER =
  /[\s,，]*(?:please|pls|thanks|thank you|谢谢|谢了|麻烦了|急急?|在线等|求告知|求解答?|帮(?:个)?忙(?:啊|吧)?)[\s!！.。?？~]*$/iu;

/** A question without the pleasantries around it, so that it can equal a phrase of an entry. */
export function withoutCourtesy(text: string): string {
  return normalise(text).replace(COURTESY, "").replace(COURTESY_AFTER, "");
}

/** Two texts with the same key are the same question: punctuation and spaces are left out too. */
export function phraseKey(text: string): string {
  return normalise(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

function addPairs(items: readonly string[], separator: string, into: string[]): void {
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] ?? "";
    into.push(item);
    if (index + 1 < items.length) {
      into.push(`${item}${separator}${items[index + 1]}`);
    }
  }
}

function addTrigrams(word: string, into: string[]): void {
  const framed = `^${word}$`;
  for (let index = 0; index + 3 <= framed.length; index += 1) {
    into.push(framed.slice(index, index + 3));
  }
}

/** Cuts Han text into words, those of the synonym groups first. @param words the same text as the segmenter cuts it */
export function piecesOf(run: string, words: readonly string[] = wordsIn(run)): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at < run.length; ) {
    const length = groupWordAt(run, at);
    if (length > 0) {
      pieces.push(...wordsIn(run.slice(from, at)), run.slice(at, at + length));
      from = at + length;
    }
    at += length || 1;
  }
  return from === 0 ? words : [...pieces, ...wordsIn(run.slice(from))];
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
  const pieces: string[] = [];
  const sounds: string[] = [];
  const forms: string[] = [];
  let latin: string[] = [];
  const flush = () => {
    addPairs(latin, " ", grams);
    latin = [];
  };
  for (const run of clean.match(RUNS) ?? []) {
    if (HAN.test(run)) {
      flush();
      const characters = Array.from(run);
      addPairs(characters, "", grams);
      addPairs(characters.map(soundOf), " ", sounds);
      const cut = wordsIn(run);
      words.push(...cut);
      pieces.push(...piecesOf(run, cut));
    } else {
      const word = stem(run.slice(0, WORD_MAX));
      if (word) {
        forms.push(run);
        latin.push(word);
        words.push(word);
        pieces.push(word);
        if (!STOP_WORDS.has(word)) {
          addTrigrams(word, sounds);
        }
      }
    }
  }
  flush();
  return { grams, words, pieces, concepts: conceptsIn(clean, words), sounds, forms };
}

/** Words alone, as `segment` cuts them, for texts of which nothing else is asked. */
export function wordsOf(text: string, limit: number): string[] {
  const words: string[] = [];
  for (const run of normalise(text.slice(0, limit)).match(RUNS) ?? []) {
    if (HAN.test(run)) {
      words.push(...wordsIn(run));
    } else {
      const word = stem(run.slice(0, WORD_MAX));
      if (word) {
        words.push(word);
      }
    }
  }
  return words;
}
