/** What became of two texts: said in both, only in the earlier, or only in the later. */
export interface DiffPiece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Differences past which two stretches are shown as replaced: nobody reads a thousand of them. */
const DISTANCE_MAX = 400;
const PIECE = /\n|\s+|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+|./gu;

/** Words, single Han characters, spaces and signs: what a reader sees as one. */
function piecesOf(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/**
 * The furthest reach on each diagonal after each number of edits (Myers, "An O(ND) difference algorithm", 1986).
 * Undefined when the texts have too little in common.
 */
function trace(before: readonly string[], after: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(before.length + after.length, DISTANCE_MAX);
  const middle = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    steps.push(reach.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [left = 0, right = 0] = [reach[middle + diagonal - 1], reach[middle + diagonal + 1]];
      let x = diagonal === -edits || (diagonal !== edits && left < right) ? right : left + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) {
        x += 1;
      }
      reach[middle + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) {
        return steps;
      }
    }
  }
  return undefined;
}

function walkBack(before: readonly string[], after: readonly string[], steps: readonly Int32Array[]): DiffPiece[] {
  const most = Math.min(before.length + after.length, DISTANCE_MAX);
  const middle = most + 1;
  const pieces: DiffPiece[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = steps.length - 1; edits >= 0; edits -= 1) {
    const reach = steps[edits] ?? new Int32Array();
    const diagonal = x - y;
    const [left = 0, right = 0] = [reach[middle + diagonal - 1], reach[middle + diagonal + 1]];
    const down = diagonal === -edits || (diagonal !== edits && left < right);
    const fromX = edits === 0 ? 0 : down ? right : left;
    const fromY = edits === 0 ? 0 : fromX - (down ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      pieces.push({ kind: "same", text: before[x] ?? "" });
    }
    if (edits > 0) {
      pieces.push(down ? { kind: "added", text: after[fromY] ?? "" } : { kind: "removed", text: before[fromX] ?? "" });
      [x, y] = [fromX, fromY];
    }
  }
  return pieces.reverse();
}

/** Pieces of one kind that follow each other, as one. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const result: DiffPiece[] = [];
  for (const { kind, text } of pieces) {
    const last = result.at(-1);
    if (last?.kind === kind) {
      result[result.length - 1] = { kind, text: last.text + text };
    } else if (text !== "") {
      result.push({ kind, text });
    }
  }
  return result;
}

/**
 * The differences of two texts, word by word and Han character by Han character, in the order of reading. Texts that
 * have next to nothing in common are shown as one replaced by the other.
 */
export function diffTexts(earlier: string, later: string): DiffPiece[] {
  const [before, after] = [piecesOf(earlier), piecesOf(later)];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const [from, to] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const steps = trace(from, to);
  return joined([
    { kind: "same", text: before.slice(0, start).join("") },
    ...(steps
      ? walkBack(from, to, steps)
      : [
          { kind: "removed" as const, text: from.join("") },
          { kind: "added" as const, text: to.join("") },
        ]),
    { kind: "same", text: before.slice(before.length - end).join("") },
  ]).filter(({ text }) => text !== "");
}
