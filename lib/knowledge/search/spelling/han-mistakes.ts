import { piecesOf, wordsIn } from "../segmentation";
import { soundsOf } from "../sounds";
import { STOP_WORDS } from "../stop-words";
import { groupWordAt } from "../synonyms";
import { HAN_MAX, type KnownWords, soundingLike } from "./known-words";

/** Characters of the shortest word that a mistake is mended into. */
const HAN_MIN = 2;
/** Characters of a word that are right where a wrong one may be a function word. */
const REST_MIN = 2;

/** Pairs of neighbours in a Han word. */
const pairsOf = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_none, at) => word.slice(at, at + 2));

/** The word that was meant by some neighbouring characters of a text; undefined where they may stay. */
function meantBy(run: string, at: number, length: number, known: KnownWords): string | undefined {
  const typed = run.slice(at, at + length);
  const meant = soundingLike(known, soundsOf(typed))?.text;
  if (meant?.length !== length || meant === typed || pairsOf(typed).every(known.has)) {
    return undefined;
  }
  const places = Array.from(typed, (_character, index) => index);
  const wrong = places.filter((index) => typed[index] !== meant[index]);
  const isFunctionWord = (index: number) => STOP_WORDS.has(typed[index] ?? "") || STOP_WORDS.has(meant[index] ?? "");
  // "的" and "会" stand beside anything, unless the rest of the word is there.
  if (length - wrong.length < REST_MIN && wrong.some(isFunctionWord)) {
    return undefined;
  }
  // A mistake falls apart into single characters; what was meant holds together.
  const mended = run.slice(0, at) + meant + run.slice(at + length);
  return piecesOf(mended).length < piecesOf(run).length ? meant : undefined;
}

/**
 * Han text with what no entry has put as the word that sounds the same: "怎么退宽" is "怎么退款". Words of the language
 * stay as they are, known or not: a customer who says one means it.
 */
export function mendHan(run: string, known: KnownWords): string {
  const lengths = new Map<number, number>();
  let place = 0;
  for (const word of wordsIn(run)) {
    lengths.set(place, word.length);
    place += word.length;
  }
  let mended = "";
  for (let at = 0; at < run.length; ) {
    const step = Math.max(groupWordAt(run, at), lengths.get(at) ?? 1);
    let put = run.slice(at, at + step);
    for (let length = Math.min(HAN_MAX, run.length - at); length >= HAN_MIN && step === 1; length -= 1) {
      const meant = meantBy(run, at, length, known);
      if (meant) {
        put = meant;
        break;
      }
    }
    mended += put;
    at += put.length;
  }
  return mended;
}
