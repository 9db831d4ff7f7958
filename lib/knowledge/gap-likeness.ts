import { segment, withoutCourtesy } from "./search/segmentation";
import { STOP_WORDS } from "./search/stop-words";
import { conceptsOfWord } from "./search/synonyms";

/** What a question asks for, as far as two questions can be compared by it. */
export interface Sense {
  /** Meanings of a shop's trade that it names, the same in Chinese and English. */
  readonly meanings: ReadonlySet<string>;
  /** Words that name things: in no synonym group, and more than the shape of a question. */
  readonly names: ReadonlySet<string>;
  /** Characters and pairs, or stems and pairs: what survives another word border. */
  readonly grams: ReadonlySet<string>;
}

/** Verbs and nouns that stand in any question and name nothing. */
const COMMON = new Set(
  "支持 可以 能 能不能 想 要 用 有没有 需要 进行 办理 一下 哪里 哪儿 请问 知道 问题 时候 多久 多少 现在 get want need like ask know help work use way thing someon pleas tell".split(
    " ",
  ),
);
const NAME_MIN = 2;
/** How synonym groups of the trade begin; the others are of everyday words (synonyms.ts). */
const TRADE = "~s";
const HAN = /^[\u3400-\u9fff]/u;

/** Words that name things; neighbours that no dictionary knows are one name ("花" "呗"). */
function namesIn(words: readonly string[]): Set<string> {
  const names: string[] = [];
  let open = "";
  for (const word of [...words, ""]) {
    const tells = word !== "" && !STOP_WORDS.has(word) && !COMMON.has(word) && conceptsOfWord(word).length === 0;
    if (tells && HAN.test(word)) {
      open += word;
      continue;
    }
    names.push(open, tells ? word : "");
    open = "";
  }
  return new Set(names.filter((name) => name.length >= NAME_MIN));
}

/** Reads a question; a longer one by its first 300 characters. */
export function senseOf(question: string): Sense {
  const { grams, words, concepts } = segment(withoutCourtesy(question), 300);
  const telling = grams.filter((gram) => !STOP_WORDS.has(gram) && !COMMON.has(gram));
  const meanings = concepts.filter((concept) => concept.startsWith(TRADE));
  return { meanings: new Set(meanings), names: namesIn(words), grams: new Set([...telling, ...concepts]) };
}

const WEIGHTS = { meanings: 2, names: 2, grams: 0.5 } as const;
/** What is left of the likeness when each names a thing that the other does not ("花呗" and "信用卡"). */
const OTHER_THINGS = 0.4;

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>, weight: number): [shared: number, all: number] {
  let shared = 0;
  for (const item of one) {
    shared += other.has(item) ? 1 : 0;
  }
  return [2 * shared * weight, (one.size + other.size) * weight];
}

/** True when a question names something of which nothing stands in the other. */
function namesMore(one: Sense, other: Sense): boolean {
  return (
    [...one.meanings].some((meaning) => !other.meanings.has(meaning)) ||
    [...one.names].some(
      (name) =>
        !other.names.has(name) &&
        !other.grams.has(name) &&
        !(HAN.test(name) && [...name].some((character) => other.grams.has(character))),
    )
  );
}

const isHan = ({ grams }: Sense): boolean => [...grams].some((gram) => HAN.test(gram));

/** How alike two questions are, 0–1. Of one in Chinese and one in English only the meanings can be compared. */
export function likeness(one: Sense, other: Sense): number {
  const parts = [
    overlap(one.meanings, other.meanings, WEIGHTS.meanings),
    overlap(one.names, other.names, WEIGHTS.names),
    ...(isHan(one) === isHan(other) ? [overlap(one.grams, other.grams, WEIGHTS.grams)] : []),
  ];
  const all = parts.reduce((sum, [, whole]) => sum + whole, 0);
  const shared = parts.reduce((sum, [part]) => sum + part, 0);
  const score = all === 0 ? 0 : shared / all;
  return namesMore(one, other) && namesMore(other, one) ? score * OTHER_THINGS : score;
}

/** From this likeness on two questions are taken to ask the same. */
export const ALIKE_FROM = 0.5;

/** The one of some questions that asks the same as this one, the most alike; undefined when none does. */
export function closest<Item extends { readonly question: string }>(
  question: string,
  items: readonly Item[],
): Item | undefined {
  const asked = senseOf(question);
  let best: Item | undefined;
  let most = ALIKE_FROM;
  for (const item of items) {
    const alike = likeness(asked, senseOf(item.question));
    if (alike >= most) {
      best = item;
      most = alike;
    }
  }
  return best;
}
