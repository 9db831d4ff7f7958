import type { Alignment } from "./alignment";
import type { Postings } from "./postings";
import type { Query } from "./query";

/** Added to the score of an entry that has the question word for word, as a phrase or as a clause of one. */
export const WHOLE = 10;
export const CLAUSE = 4;

/** How an entry's wordings compare with the question. */
export interface Wording {
  /** Place of the closest phrase: 0 is the entry's question. */
  readonly phrase: number;
  /** How well that phrase and the question cover each other, by rarity. 0–1 */
  readonly cosine: number;
  /** Share of the question's grams, by rarity, that any phrase names. 0–1 */
  readonly coverage: number;
  /** How much of both stands in the other in the same order, letter by letter. 0–1 */
  readonly order: number;
  /** How well one of its wordings and the question say each other's words. 0–1 */
  readonly alignment: number;
  /** WHOLE, CLAUSE or 0. */
  readonly exact: number;
}

let before = new Uint8Array(128);
let after = new Uint8Array(128);

/** Share of two texts that is their longest common subsequence, 0–1. */
function orderOf(postings: Postings, phrase: number, asked: string): number {
  const start = postings.letterStarts[phrase] ?? 0;
  const length = (postings.letterStarts[phrase + 1] ?? start) - start;
  before.fill(0);
  for (let place = 0; place < asked.length; place += 1) {
    const letter = asked.charCodeAt(place);
    after[0] = 0;
    for (let other = 1; other <= length; other += 1) {
      after[other] =
        postings.letters[start + other - 1] === letter
          ? (before[other - 1] as number) + 1
          : Math.max(before[other] as number, after[other - 1] as number);
    }
    [before, after] = [after, before];
  }
  return (2 * (before[length] as number)) / (asked.length + length || 1);
}

/** Wordings of an entry, the ones that share most with the question, that are compared word by word. */
const COMPARED = 3;

function alignmentOf(postings: Postings, shared: { phrase: number; cosine: number }[], alignment: Alignment): number {
  shared.sort((one, other) => other.cosine - one.cosine || one.phrase - other.phrase);
  let best = 0;
  for (const { phrase } of shared.slice(0, COMPARED)) {
    best = Math.max(best, alignment.with(postings.words, phrase));
  }
  return best;
}

/** What one question's wordings are compared with. */
interface Comparison {
  readonly query: Query;
  /** What a gram is worth, by rarity. */
  readonly worthOf: (hash: number) => number;
  readonly alignment: Alignment;
}

/** Compares a document's wordings with the question. */
export function wordingOf(postings: Postings, document: number, { query, worthOf, alignment }: Comparison): Wording {
  const asked = new Set(query.channels[0]);
  let askedNorm = 0;
  for (const hash of asked) {
    askedNorm += worthOf(hash);
  }
  let best = { phrase: 0, cosine: 0, exact: 0 };
  const shared: { phrase: number; cosine: number }[] = [];
  const named = new Set<number>();
  const first = postings.phraseStarts[document] ?? 0;
  for (let phrase = first; phrase < (postings.phraseStarts[document + 1] ?? 0); phrase += 1) {
    let common = 0;
    let norm = 0;
    for (let gram = postings.gramStarts[phrase] ?? 0; gram < (postings.gramStarts[phrase + 1] ?? 0); gram += 1) {
      const hash = postings.grams[gram] ?? 0;
      const worth = worthOf(hash);
      norm += worth;
      if (asked.has(hash)) {
        common += worth;
        named.add(hash);
      }
    }
    const cosine = common / Math.sqrt(askedNorm * norm || 1);
    if (postings.words.starts[phrase] !== postings.words.starts[phrase + 1]) {
      shared.push({ phrase, cosine });
    }
    const key = postings.keys[phrase];
    const exact = key === query.key ? WHOLE : key === query.clauseKey ? CLAUSE : 0;
    if (exact > best.exact || (cosine > best.cosine && exact === best.exact)) {
      best = { phrase: phrase - first, cosine, exact };
    }
  }
  let covered = 0;
  for (const hash of named) {
    covered += worthOf(hash);
  }
  return {
    ...best,
    coverage: covered / (askedNorm || 1),
    order: orderOf(postings, first + best.phrase, query.letters),
    alignment: alignmentOf(postings, shared, alignment),
  };
}
