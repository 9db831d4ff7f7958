import { HAN, RUNS } from "../segmentation";
import { mendHan } from "./han-mistakes";
import type { KnownWords } from "./known-words";
import { mendLatin } from "./latin-mistakes";
import { mendPinyin } from "./pinyin-reading";

/**
 * A question with its typing mistakes mended where no entry has what was typed and some have what was meant: Han words that
 * sound the same, Latin words with a wrong letter, pinyin typed for Han text. What the entries say is the measure.
 *
 * Before the search rather than in it: a channel of sounds finds the entry (decision 0004), but a confidence that compares
 * words must not believe in it.
 *
 * @param question normalised (`segmentation.ts`)
 */
export function mendSpelling(question: string, known: KnownWords): string {
  return mendPinyin(question, known).replace(RUNS, (run) =>
    HAN.test(run) ? mendHan(run, known) : mendLatin(run, known),
  );
}
