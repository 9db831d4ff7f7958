import type { Block } from "./blocks";

/** A line of text on a page, in the order in which the file tells it. */
export interface PdfLine {
  readonly text: string;
  /** Size of its letters, in points. */
  readonly size: number;
  /** Height over the foot of the page, in points. */
  readonly y: number;
  readonly page: number;
}

/** How much larger than the rest a heading's letters are. */
const LARGER = 1.15;
const HEADING_MAX = 80;
/** Lines at head and foot of a page that may be the same on every page. */
const EDGE_LINES = 2;
const EDGE_PAGES = 3;
/** Distance to the next line, in lines, past which a new paragraph begins. */
const GAP = 1.7;
const BULLET = /^\s*(?:[•·●▪■◆○–-]\s*|(\d{1,2}[.)、．])\s*)(?=\S)/u;
const NUMBERED = /^(?:第[〇一二三四五六七八九十百\d]{1,4}[章节篇部]|\d{1,2}(?:\.\d{1,2}){1,3}\s)/u;
const SENTENCE_END = /[。！？；：.!?;:]$/u;
const HAN = /[\u3000-\u9fff\uf900-\uffef]/u;

/** The size that most letters have. */
function bodySize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length);
  }
  return [...letters].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

const edgeKey = (text: string): string => text.replace(/\d+/g, "#").replace(/\s+/g, "");

function byPage(lines: readonly PdfLine[]): PdfLine[][] {
  const pages = new Map<number, PdfLine[]>();
  for (const line of lines) {
    pages.set(line.page, [...(pages.get(line.page) ?? []), line]);
  }
  return [...pages.values()];
}

/** Page numbers, and lines that stand at the edge of most pages. */
function withoutEdges(lines: readonly PdfLine[]): PdfLine[] {
  const pages = byPage(lines);
  const edges = pages.map((page) => {
    const sorted = page.toSorted((one, other) => other.y - one.y);
    return new Set([...sorted.slice(0, EDGE_LINES), ...sorted.slice(-EDGE_LINES)]);
  });
  const times = new Map<string, number>();
  for (const edge of edges) {
    for (const key of new Set([...edge].map((line) => edgeKey(line.text)))) {
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  return pages.flatMap((page, index) =>
    page.filter((line) => {
      const key = edgeKey(line.text);
      const repeated = pages.length >= EDGE_PAGES && (times.get(key) ?? 0) > pages.length / 2;
      const number = /^(?:[-–—第]?#(?:[-–—页]|\/#|of#)?|page#(?:of#)?)$/i.test(key);
      return !(edges[index]?.has(line) && (repeated || number));
    }),
  );
}

/** Lines of one paragraph as one line: Chinese joins without a space, a hyphen at a line's end goes. */
function joined(before: string, after: string): string {
  if (/[a-z]-$/.test(before) && /^[a-z]/.test(after)) {
    return before.slice(0, -1) + after;
  }
  return HAN.test(before.slice(-1)) || HAN.test(after.charAt(0)) ? before + after : `${before} ${after}`;
}

interface Look {
  readonly body: number;
  /** Sizes of headings, largest first. */
  readonly sizes: readonly number[];
}

function lookOf(lines: readonly PdfLine[]): Look {
  const body = bodySize(lines);
  const sizes = new Set(
    lines
      .filter(({ size, text }) => size >= body * LARGER && text.length <= HEADING_MAX)
      .map(({ size }) => Math.round(size)),
  );
  return { body, sizes: [...sizes].sort((one, other) => other - one).slice(0, 4) };
}

function headingLevel(line: PdfLine, { body, sizes }: Look): number | undefined {
  if (line.text.length > HEADING_MAX) {
    return undefined;
  }
  if (line.size >= body * LARGER) {
    const level = sizes.indexOf(Math.round(line.size));
    return level < 0 ? sizes.length : level + 1;
  }
  const dots = line.text.split(/\s/)[0]?.split(".").length ?? 1;
  return NUMBERED.test(line.text) && !SENTENCE_END.test(line.text) && line.text.length <= HEADING_MAX / 2
    ? sizes.length + dots
    : undefined;
}

function startsParagraph(before: PdfLine | undefined, line: PdfLine, spacing: number): boolean {
  return (
    before === undefined ||
    (before.page === line.page
      ? before.y - line.y > spacing * GAP || line.y - before.y > spacing
      : SENTENCE_END.test(before.text))
  );
}

/** The usual distance between two lines. */
function spacingOf(lines: readonly PdfLine[], body: number): number {
  const gaps = lines
    .slice(1)
    .map((line, index) => (lines[index]?.y ?? 0) - line.y)
    .filter((gap) => gap > body * 0.8 && gap < body * 4)
    .sort((one, other) => one - other);
  return gaps[Math.floor(gaps.length / 4)] ?? body * 1.4;
}

/** Headings (by their size, or their number), paragraphs and lists of a PDF's lines, each with its page. */
export function blocksOfPdf(all: readonly PdfLine[]): Block[] {
  const lines = withoutEdges(all.filter((line) => line.text.trim() !== ""));
  const look = lookOf(lines);
  const spacing = spacingOf(lines, look.body);
  const blocks: { kind: Block["kind"]; text: string; level?: number; page: number }[] = [];
  let before: PdfLine | undefined;
  for (const line of lines) {
    const last = blocks.at(-1);
    const level = headingLevel(line, look);
    const text = line.text.replace(/\s+/g, " ").trim();
    const fresh = startsParagraph(before, line, spacing);
    if (level !== undefined) {
      // A heading over two lines is one.
      if (last?.kind === "heading" && last.level === level && !fresh && !NUMBERED.test(text)) {
        last.text = joined(last.text, text);
      } else {
        blocks.push({ kind: "heading", text, level, page: line.page });
      }
    } else if (BULLET.test(text)) {
      const item = text.replace(BULLET, (_, number?: string) => (number ? `${parseInt(number, 10)}. ` : "- "));
      if (last?.kind === "list" && !(fresh && before?.page === line.page)) {
        last.text += `\n${item}`;
      } else {
        blocks.push({ kind: "list", text: item, page: line.page });
      }
    } else if (last && last.kind !== "heading" && !fresh) {
      last.text = joined(last.text, text);
    } else {
      blocks.push({ kind: "paragraph", text, page: line.page });
    }
    before = line;
  }
  return blocks;
}
