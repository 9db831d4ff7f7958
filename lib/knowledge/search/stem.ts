const ENDINGS: readonly (readonly [ending: string, keep: string])[] = [
  ["'s", ""],
  ["ies", "y"],
  ["sses", "ss"],
  ["ings", ""],
  ["ing", ""],
  ["ied", "y"],
  ["ed", ""],
  ["es", "e"],
  ["s", ""],
];

/**
 * A light English stem: plural, -ing and -ed go, a doubled last consonant and a final e too, so that "returns",
 * "returned" and "returning" meet. Shorter stems than three letters are not made.
 */
export function stem(word: string): string {
  let root = word;
  for (const [ending, keep] of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= 3 && !word.endsWith("ss") && !word.endsWith("us")) {
      root = word.slice(0, word.length - ending.length) + keep;
      break;
    }
  }
  if (root !== word && /([bdfgmnprt])\1$/.test(root)) {
    root = root.slice(0, -1);
  }
  return root.length > 3 && root.endsWith("e") ? root.slice(0, -1) : root.replaceAll("'", "");
}
