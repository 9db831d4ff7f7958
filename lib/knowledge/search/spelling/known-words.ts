import { Pauses } from "../pauses";
import type { PhraseWords } from "../phrase-words";
import { HAN } from "../segmentation";
import { soundsOf } from "../sounds";
import { stem } from "../stem";
import { STOP_WORDS } from "../stop-words";
import { type EnglishWords, englishWords } from "./english-words";

/** Characters of the longest Han word that is known by its sound. */
export const HAN_MAX = 4;
/** Letters of the shortest Latin word that a mistake is mended into. */
const LATIN_MIN = 4;
/** Words that are looked at between two looks at the clock. */
const PAUSE_EACH = 500;

/** What is mended: letters without digits, for a number or a code with one digit more is another one. */
export const LETTERS = /^[a-z]+$/;

/** A word of a base with how often it stands there. */
export interface KnownWord {
  readonly text: string;
  readonly count: number;
}

/** The words of a batch by what they sound like, and by how they are written. */
export interface Spelling {
  /** The commonest Han word of each sound (`sounds.ts`). */
  readonly bySound: ReadonlyMap<string, KnownWord>;
  /** Latin words by their first letter and their length ("r6"). */
  readonly byShape: ReadonlyMap<string, readonly KnownWord[]>;
  /** Absent where no word is Latin. */
  readonly english: EnglishWords | undefined;
}

/** What is known of the words of an index. */
export interface KnownWords {
  /** Of each of its batches. */
  readonly spellings: readonly Spelling[];
  /** Whether any entry has this word, or these two characters side by side. */
  has(text: string): boolean;
}

/**
 * Learns how the words of a batch are spelled, with pauses for others.
 *
 * @param forms Latin words as they are written, with how often each stands there
 */
export async function learnSpelling(
  { vocabulary, numbers }: PhraseWords,
  forms: ReadonlyMap<string, number>,
): Promise<Spelling> {
  const pauses = new Pauses();
  const counts = new Uint32Array(vocabulary.length);
  for (const number of numbers) {
    counts[number] = (counts[number] as number) + 1;
  }
  const bySound = new Map<string, KnownWord>();
  const byShape = new Map<string, KnownWord[]>();
  for (const [number, text] of vocabulary.entries()) {
    if (number % PAUSE_EACH === 0) {
      await pauses.ifDue();
    }
    if (HAN.test(text)) {
      addSound(bySound, { text, count: counts[number] as number });
    }
  }
  for (const [text, count] of forms) {
    if (text.length >= LATIN_MIN && LETTERS.test(text) && !STOP_WORDS.has(stem(text))) {
      const shape = shapeOf(text, text.length);
      const alike = byShape.get(shape);
      if (alike) {
        alike.push({ text, count });
      } else {
        byShape.set(shape, [{ text, count }]);
      }
    }
  }
  return { bySound, byShape, english: byShape.size > 0 ? await englishWords() : undefined };
}

function addSound(bySound: Map<string, KnownWord>, word: KnownWord): void {
  if (word.text.length <= HAN_MAX) {
    const sound = soundsOf(word.text);
    if ((bySound.get(sound)?.count ?? 0) < word.count) {
      bySound.set(sound, word);
    }
  }
}

/** Where words are kept that begin like one and have so many letters; the first letter is seldom the wrong one. */
export const shapeOf = (word: string, letters: number): string => `${word[0] ?? ""}${letters}`;

/** The commonest word of a sound. */
export function soundingLike({ spellings }: KnownWords, sound: string): KnownWord | undefined {
  let best: KnownWord | undefined;
  for (const { bySound } of spellings) {
    const found = bySound.get(sound);
    if (found && found.count > (best?.count ?? 0)) {
      best = found;
    }
  }
  return best;
}
