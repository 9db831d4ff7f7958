import { stem } from "../stem";
import { STOP_WORDS } from "../stop-words";
import { conceptsOfWord } from "../synonyms";
import { type KnownWord, type KnownWords, LETTERS, shapeOf } from "./known-words";
import { mistakesBetween } from "./mistakes-between";

/** Letters of the words that are mended: in shorter ones every letter makes another word. */
const LATIN_MIN = 5;
/** Letters from which on two mistakes in a word are one word still. */
const LATIN_LONG = 9;

/** A word of the base, of the synonyms or of the language stays as it is, known to the entries or not. */
function isSpelledWell(stemmed: string, known: KnownWords): boolean {
  return (
    STOP_WORDS.has(stemmed) ||
    conceptsOfWord(stemmed).length > 0 ||
    known.has(stemmed) ||
    known.spellings.some(({ english }) => english?.has(stemmed))
  );
}

/** Words that begin like one and have as many letters, or up to `most` more or fewer. */
function* wordsLike(typed: string, most: number, known: KnownWords): Generator<KnownWord> {
  for (const { byShape } of known.spellings) {
    for (let letters = typed.length - most; letters <= typed.length + most; letters += 1) {
      yield* byShape.get(shapeOf(typed, letters)) ?? [];
    }
  }
}

/** A Latin word that no entry has, as the word of an entry that it was meant to be; itself where there is none. */
export function mendLatin(word: string, known: KnownWords): string {
  const stemmed = stem(word);
  if (!LETTERS.test(word) || word.length < LATIN_MIN || isSpelledWell(stemmed, known)) {
    return word;
  }
  const most = word.length >= LATIN_LONG ? 2 : 1;
  let best: (KnownWord & { readonly mistakes: number }) | undefined;
  // The entries may have the word without the ending that was typed.
  for (const typed of new Set([word, stemmed])) {
    for (const candidate of wordsLike(typed, most, known)) {
      const mistakes = mistakesBetween(typed, candidate.text, most);
      const fewest = best?.mistakes ?? most + 1;
      if (mistakes < fewest || (mistakes === best?.mistakes && candidate.count > best.count)) {
        best = { ...candidate, mistakes };
      }
    }
  }
  return best?.text ?? word;
}
