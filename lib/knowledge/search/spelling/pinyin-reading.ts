import { stem } from "../stem";
import { STOP_WORDS } from "../stop-words";
import { type KnownWord, type KnownWords, soundingLike } from "./known-words";

/** Letters of pinyin from which on it is no English word that happens to be read so. */
const PINYIN_MIN = 6;
/** Longest run of Latin words that is read as pinyin, in letters. */
const PINYIN_MAX = 40;
/** Letters of the longest word in pinyin: four times "zhuang". */
const WORD_LETTERS_MAX = 24;
/** Characters of a word that says something: single ones are read into anything. */
const SPEAKING_MIN = 2;

/** A reading of the first letters. */
interface Reading {
  readonly text: string;
  readonly words: number;
  /** Some word of it says something. */
  readonly speaks: boolean;
}

function longer(before: Reading | undefined, word: KnownWord | undefined): Reading | undefined {
  if (!before || !word) {
    return undefined;
  }
  const speaks = before.speaks || (word.text.length >= SPEAKING_MIN && !STOP_WORDS.has(word.text));
  return { text: before.text + word.text, words: before.words + 1, speaks };
}

/** Letters of pinyin as the words of the entries that are read so, all of them or nothing: "zenmetuikuan" is "怎么退款". */
function readPinyin(letters: string, known: KnownWords): string | undefined {
  if (letters.length < PINYIN_MIN || letters.length > PINYIN_MAX) {
    return undefined;
  }
  const readings: (Reading | undefined)[] = [{ text: "", words: 0, speaks: false }];
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - WORD_LETTERS_MAX); start < end; start += 1) {
      const reading = longer(readings[start], soundingLike(known, letters.slice(start, end)));
      // Fewer words are likelier than more.
      if (reading && reading.words < (readings[end]?.words ?? Number.POSITIVE_INFINITY)) {
        readings[end] = reading;
      }
    }
  }
  const whole = readings[letters.length];
  return whole?.speaks ? whole.text : undefined;
}

/** Runs of Latin words that are pinyin, as the Han text that they are read as. */
export function mendPinyin(question: string, known: KnownWords): string {
  return question.replace(/[a-z]+(?: [a-z]+)*/g, (run) => {
    const words = run.split(" ");
    const isEnglish = words.every((word) => known.has(stem(word)) || STOP_WORDS.has(stem(word)));
    return (isEnglish ? undefined : readPinyin(words.join(""), known)) ?? run;
  });
}
