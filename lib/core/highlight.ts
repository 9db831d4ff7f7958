import { searchTokens } from "./text";

/** A piece of text; `hit` when it was searched for. */
export interface HighlightPiece {
  readonly text: string;
  readonly hit: boolean;
  /** Where the piece begins, in UTF-16 units: its key in a list. */
  readonly at: number;
}

/** Characters shown before the first hit, so that it stands in sight in a narrow list. */
const BEFORE_HIT = 18;

function hitRanges(text: string, query: string): [from: number, to: number][] {
  const lower = text.toLowerCase();
  const words = [
    query.trim().toLowerCase(),
    ...searchTokens(query).filter((token, _, all) => token.length > 1 || all.length === 1),
  ];
  const ranges: [number, number][] = [];
  for (const word of words.filter((candidate) => candidate !== "")) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      ranges.push([at, at + word.length]);
    }
  }
  return ranges.sort((first, second) => first[0] - second[0]);
}

/**
 * Cuts a found message into what was searched for and the rest, and leaves out what stands far before the first hit.
 *
 * @param text one line
 */
export function highlight(text: string, query: string): HighlightPiece[] {
  const ranges = hitRanges(text, query);
  const first = ranges[0]?.[0] ?? 0;
  const start = first > BEFORE_HIT * 2 ? first - BEFORE_HIT : 0;
  const pieces: HighlightPiece[] = start > 0 ? [{ text: "…", hit: false, at: -1 }] : [];
  let position = start;
  for (const [from, to] of ranges) {
    if (to <= position) {
      continue;
    }
    const begin = Math.max(from, position);
    if (begin > position) {
      pieces.push({ text: text.slice(position, begin), hit: false, at: position });
    }
    pieces.push({ text: text.slice(begin, to), hit: true, at: begin });
    position = to;
  }
  if (position < text.length) {
    pieces.push({ text: text.slice(position), hit: false, at: position });
  }
  return pieces;
}
