import { stem } from "./stem";
import { CHINESE_GROUPS, ENGLISH_GROUPS, SHOP_GROUPS } from "./synonym-groups";

interface Table {
  /** Han words with the groups they belong to. */
  readonly han: ReadonlyMap<string, readonly string[]>;
  /** Latin phrases of several words, as stems, by their first. */
  readonly phrases: ReadonlyMap<string, readonly (readonly [phrase: readonly string[], group: string])[]>;
  /** Latin stems with their groups. */
  readonly whole: ReadonlyMap<string, readonly string[]>;
}

/** Characters of the longest Han word in the groups. */
const HAN_MAX = 6;
const HAN = /[\u3400-\u9fff]/u;

function put<Item>(map: Map<string, readonly Item[]>, key: string, item: Item): void {
  const known = map.get(key) ?? [];
  if (!known.includes(item)) {
    map.set(key, [...known, item]);
  }
}

function build(): Table {
  const han = new Map<string, readonly string[]>();
  const phrases = new Map<string, readonly (readonly [readonly string[], string])[]>();
  const whole = new Map<string, readonly string[]>();
  const kinds = [
    ["s", SHOP_GROUPS],
    ["z", CHINESE_GROUPS],
    ["e", ENGLISH_GROUPS],
  ] as const;
  for (const [kind, groups] of kinds) {
    for (const line of groups) {
      const [name = "", ...rest] = line.split(" ");
      const group = `~${kind}${name}`;
      for (const word of rest) {
        if (HAN.test(word)) {
          put(han, word, group);
        } else if (word.includes("_")) {
          const stems = word.split("_").map(stem);
          put(phrases, stems[0] ?? "", [stems, group] as const);
        } else {
          put(whole, stem(word), group);
        }
      }
    }
  }
  return { han, phrases, whole };
}

const table = build();

/** Groups that a text names: `clean` is the normalised text, `words` its words. Each group once. */
export function conceptsIn(clean: string, words: readonly string[]): string[] {
  const found = new Set<string>();
  if (HAN.test(clean)) {
    addHan(clean, found);
  }
  for (const [index, word] of words.entries()) {
    for (const group of table.whole.get(word) ?? []) {
      found.add(group);
    }
    for (const [phrase, group] of table.phrases.get(word) ?? []) {
      if (phrase.every((part, offset) => words[index + offset] === part)) {
        found.add(group);
      }
    }
  }
  return [...found];
}

/** The longest word of a group at each place; shorter ones inside it do not count ("还款" is not "还"). */
function addHan(clean: string, found: Set<string>): void {
  for (let start = 0; start < clean.length; ) {
    let step = 1;
    for (let length = Math.min(HAN_MAX, clean.length - start); length > 0; length -= 1) {
      const groups = table.han.get(clean.slice(start, start + length));
      if (groups) {
        for (const group of groups) {
          found.add(group);
        }
        step = length;
        break;
      }
    }
    start += step;
  }
}

/** Groups of one word alone, so that a word can be matched by its meaning. */
export function conceptsOfWord(word: string): readonly string[] {
  return table.whole.get(word) ?? table.han.get(word) ?? [];
}

/** Length of the longest word of a group that begins at a place, in characters; 0 for none. Single characters are none. */
export function groupWordAt(text: string, start: number): number {
  for (let length = Math.min(HAN_MAX, text.length - start); length > 1; length -= 1) {
    if (table.han.has(text.slice(start, start + length))) {
      return length;
    }
  }
  return 0;
}
