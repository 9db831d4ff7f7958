import type { PhraseWords } from "./phrase-words";
import { conceptsOfWord } from "./synonyms";

/** How alike words are that mean the same, and most that words can be for the characters that they share. */
const SAME_MEANING = 0.85;
const SAME_CHARACTERS = 0.8;
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/u;

interface Word {
  readonly text: string;
  readonly meanings: readonly string[];
  /** Latin letters say nothing by themselves. */
  readonly isHan: boolean;
}

function wordOf(text: string): Word {
  return { text, meanings: conceptsOfWord(text), isHan: HAN.test(text) };
}

function sharedCharacters(one: string, other: string): number {
  let shared = 0;
  for (let place = 0; place < one.length; place += 1) {
    shared += other.includes(one[place] as string) ? 1 : 0;
  }
  return shared;
}

/** How alike two words are, 0–1: "专票" and "车票" share half of what they are written with. */
function likeness(one: Word, other: Word): number {
  if (one.text === other.text) {
    return 1;
  }
  if (one.meanings.length > 0 && one.meanings.some((meaning) => other.meanings.includes(meaning))) {
    return SAME_MEANING;
  }
  const shared = one.isHan && other.isHan ? sharedCharacters(one.text, other.text) : 0;
  return shared === 0 ? 0 : (SAME_CHARACTERS * 2 * shared) / (one.text.length + other.text.length);
}

/**
 * Neighbours as one word: where one says "登录不了" another's words are "登录" and "不了". Empty where either is no Han word.
 */
const joined = (one: string, other: string): string => (HAN.test(one) && HAN.test(other) ? one + other : "");

/** What is known of a word of the wordings: how alike it is to each of the question's and to each pair of them. */
interface Row {
  readonly alike: Float64Array;
  readonly worth: number;
}

/** Rows of a batch's words by their number, and of pairs of them by both numbers. */
interface Known {
  readonly words: Map<number, Row>;
  readonly pairs: Map<number, Row>;
}

function raise(best: Float64Array, place: number, value: number): void {
  if (value > (best[place] as number)) {
    best[place] = value;
  }
}

/**
 * Compares a question with wordings word by word: each word of either side with the one of the other side that is most
 * like it. Unlike a sum over words that both have, it counts what a wording says beyond the question, and knows words that
 * mean the same or share characters.
 */
export class Alignment {
  private readonly asked: readonly Word[];
  private readonly pairs: readonly Word[];
  /** Both, one after the other. */
  private readonly every: readonly Word[];
  private readonly letters: readonly string[];
  private readonly nothing: Float64Array;
  private readonly worths: readonly number[];
  private readonly known = new Map<PhraseWords, Known>();

  /** @param worthOf what a word is worth, by rarity */
  constructor(
    words: readonly string[],
    private readonly worthOf: (word: string) => number,
  ) {
    this.asked = words.map(wordOf);
    this.pairs = words.slice(1).map((word, place) => wordOf(joined(words[place] ?? "", word)));
    this.every = [...this.asked, ...this.pairs];
    this.letters = [...new Set(words.flatMap((word) => (HAN.test(word) ? Array.from(word) : [word])))];
    this.nothing = new Float64Array(this.every.length);
    this.worths = words.map(worthOf);
  }

  private rowOf(text: string, against: readonly Word[], worth: number): Row {
    const word = wordOf(text);
    if (text === "" || (word.meanings.length === 0 && !this.letters.some((each) => text.includes(each)))) {
      return { alike: this.nothing, worth };
    }
    const alike = new Float64Array(against.length);
    for (let index = 0; index < against.length; index += 1) {
      const each = against[index] as Word;
      alike[index] = each.text === "" ? 0 : likeness(each, word);
    }
    return { alike, worth };
  }

  private wordRow(known: Known, batch: PhraseWords, number: number): Row {
    let row = known.words.get(number);
    if (!row) {
      const text = batch.vocabulary[number] ?? "";
      row = this.rowOf(text, this.every, this.worthOf(text));
      known.words.set(number, row);
    }
    return row;
  }

  private pairRow(known: Known, batch: PhraseWords, one: number, other: number): Row {
    const key = one * batch.vocabulary.length + other;
    let row = known.pairs.get(key);
    if (!row) {
      row = this.rowOf(joined(batch.vocabulary[one] ?? "", batch.vocabulary[other] ?? ""), this.asked, 0);
      known.pairs.set(key, row);
    }
    return row;
  }

  /** How well a wording and the question say each other's words, 0–1. @param phrase its number in the batch */
  with(batch: PhraseWords, phrase: number): number {
    const { asked, pairs } = this;
    let known = this.known.get(batch);
    if (!known) {
      known = { words: new Map(), pairs: new Map() };
      this.known.set(batch, known);
    }
    const start = batch.starts[phrase] ?? 0;
    const count = (batch.starts[phrase + 1] ?? start) - start;
    const heard = new Float64Array(asked.length);
    const said = new Float64Array(count);
    const worths: number[] = [];
    for (let place = 0; place < count; place += 1) {
      const number = batch.numbers[start + place] ?? 0;
      const { alike, worth } = this.wordRow(known, batch, number);
      worths.push(worth);
      for (let index = 0; index < asked.length; index += 1) {
        raise(heard, index, alike[index] as number);
        raise(said, place, alike[index] as number);
      }
      for (let index = 0; index < pairs.length; index += 1) {
        const value = alike[asked.length + index] as number;
        raise(said, place, value);
        if (value >= SAME_MEANING) {
          raise(heard, index, value);
          raise(heard, index + 1, value);
        }
      }
      if (place > 0) {
        const pair = this.pairRow(known, batch, batch.numbers[start + place - 1] ?? 0, number).alike;
        for (let index = 0; index < asked.length; index += 1) {
          raise(heard, index, pair[index] as number);
          if ((pair[index] as number) >= SAME_MEANING) {
            raise(said, place - 1, pair[index] as number);
            raise(said, place, pair[index] as number);
          }
        }
      }
    }
    return Math.sqrt(share(heard, this.worths) * share(said, worths));
  }
}

function share(values: Float64Array, worths: readonly number[]): number {
  let sum = 0;
  let all = 0;
  for (let place = 0; place < worths.length; place += 1) {
    const worth = worths[place] as number;
    sum += worth * (values[place] as number);
    all += worth;
  }
  return all > 0 ? sum / all : 0;
}
