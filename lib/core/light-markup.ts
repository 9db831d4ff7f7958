/**
 * The little formatting that answers may carry: headings, paragraphs, lists, tables, **bold**, `code`, links, pictures.
 * Pure and tiny, because the visitor's page carries it. The result is data for elements, never HTML: nothing a person
 * wrote can become markup. Forms that are half written, as they come while an answer streams, stay plain text.
 */

export type Inline =
  | { readonly kind: "text" | "bold" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  /** A picture among the answer's own files; `text` says what it shows. */
  | { readonly kind: "image"; readonly text: string; readonly fileId: string };

/** What stands on one line, or in one cell. */
export type Line = readonly Inline[];

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly line: Line }
  | { readonly kind: "paragraph"; readonly lines: readonly Line[] }
  /** `start`: number of the first item, as it was written. */
  | { readonly kind: "list"; readonly ordered: boolean; readonly start: number; readonly items: readonly Line[] }
  /** Every row has as many cells as the head. */
  | { readonly kind: "table"; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: "code"; readonly text: string };

const TOKEN =
  /\\(?<escaped>[\\`*_{}[\]()#+\-.!|>~])|!\[(?<alt>[^\]\n]*)\]\(file:(?<file>\w{1,40})\)|\*\*(?<bold>[^*\n]+)\*\*|`(?<code>[^`\n]+)`|!?\[(?<label>[^\]\n]+)\]\((?<target>[^)\s]+)\)|(?<bare>https?:\/\/[^\s<>"'`，。；：！？、（）《》「」【】\u3000]+)/gu;
const HEADING = /^(?<marks>#{1,6})\s+(?<rest>\S.*?)(?:\s+#+)?\s*$/u;
const ITEM = /^\s*(?:[-*•·]\s+|(?<number>\d{1,3})(?:[.)](?!\d)|[、）])\s*)(?<rest>\S.*)$/u;
const FENCE = /^\s*(?:```|~~~)/u;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/u;
const DIVIDER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/u;
const QUOTE = /^\s*>\s?/u;
/** Schemes that a link may have; everything else (`javascript:`, `data:`) stays text. */
const SAFE = /^(?:https?:\/\/|mailto:|tel:|\/(?![/\\]))/iu;
/** A name before the host makes one address look like another. */
const DISGUISED = /^https?:\/\/[^/?#]*[@\\]/iu;
/** Marks after a bare address that belong to the sentence. */
const TRAILING = /[.,;:!?)\]}*]+$/u;

const isSafe = (address: string): boolean => SAFE.test(address) && !DISGUISED.test(address);

function inlineOf(match: RegExpMatchArray): { readonly inline: Inline; readonly rest: string } {
  const { escaped, bold, code, label, target, bare, alt, file } = match.groups ?? {};
  const alone = (inline: Inline) => ({ inline, rest: "" });
  if (file !== undefined) {
    return alone({ kind: "image", text: alt ?? "", fileId: file });
  }
  if (bold !== undefined) {
    return alone({ kind: "bold", text: bold });
  }
  if (code !== undefined) {
    return alone({ kind: "code", text: code });
  }
  if (label !== undefined && target !== undefined && isSafe(target)) {
    return alone({ kind: "link", text: label, href: target });
  }
  const href = (bare ?? "").replace(TRAILING, "");
  return bare !== undefined && isSafe(href)
    ? { inline: { kind: "link", text: href, href }, rest: bare.slice(href.length) }
    : alone({ kind: "text", text: escaped ?? match[0] });
}

/** The pieces of one line. */
export function parseInline(line: string): Inline[] {
  const pieces: Inline[] = [];
  let position = 0;
  const add = (piece: Inline): void => {
    const last = pieces.at(-1);
    if (piece.kind === "text" && last?.kind === "text") {
      pieces[pieces.length - 1] = { kind: "text", text: last.text + piece.text };
    } else if (piece.text !== "" || piece.kind === "image") {
      pieces.push(piece);
    }
  };
  for (const match of line.matchAll(TOKEN)) {
    add({ kind: "text", text: line.slice(position, match.index) });
    const { inline, rest } = inlineOf(match);
    add(inline);
    add({ kind: "text", text: rest });
    position = match.index + match[0].length;
  }
  add({ kind: "text", text: line.slice(position) });
  return pieces;
}

/** The cells of a table's row; `\|` is a bar inside one. */
function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/u, "")
    .replace(/(?<!\\)\|$/u, "");
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.trim());
}

type Mutable<Kind extends Block["kind"]> = {
  -readonly [Key in keyof Extract<Block, { kind: Kind }>]: Extract<Block, { kind: Kind }>[Key];
};

/** Takes the lines of a text one after the other and makes blocks of them. */
class Reader {
  readonly blocks: Block[] = [];
  /** What the next line may go on with. */
  private list: Mutable<"list"> | undefined;
  private paragraph: Line[] | undefined;
  private at = 0;

  constructor(private readonly lines: readonly string[]) {}

  read(): Block[] {
    for (; this.at < this.lines.length; this.at += 1) {
      const line = (this.lines[this.at] ?? "").replace(QUOTE, "");
      if (!(this.fenced(line) || this.ruled(line) || this.heading(line) || this.table(line) || this.item(line))) {
        this.words(line);
      }
    }
    return this.blocks;
  }

  private push(block: Block): true {
    this.list = undefined;
    this.paragraph = undefined;
    this.blocks.push(block);
    return true;
  }

  private fenced(line: string): boolean {
    if (!FENCE.test(line)) {
      return false;
    }
    const end = this.lines.findIndex((other, index) => index > this.at && FENCE.test(other));
    const to = end < 0 ? this.lines.length : end;
    const text = this.lines.slice(this.at + 1, to).join("\n");
    this.at = to;
    return text.trim() === "" || this.push({ kind: "code", text });
  }

  /** A line across the page parts what stands above and below it. */
  private ruled(line: string): boolean {
    if (RULE.test(line)) {
      this.list = undefined;
      this.paragraph = undefined;
      return true;
    }
    return false;
  }

  private heading(line: string): boolean {
    const { marks, rest } = HEADING.exec(line)?.groups ?? {};
    return marks !== undefined && this.push({ kind: "heading", level: marks.length, line: parseInline(rest ?? "") });
  }

  private table(line: string): boolean {
    const next = this.lines[this.at + 1] ?? "";
    const head = cellsOf(line);
    if (!line.includes("|") || !next.includes("-") || !DIVIDER.test(next) || cellsOf(next).length !== head.length) {
      return false;
    }
    const rows: Line[][] = [];
    for (this.at += 2; this.lines[this.at]?.includes("|"); this.at += 1) {
      const cells = cellsOf(this.lines[this.at] ?? "");
      rows.push(head.map((_, column) => parseInline(cells[column] ?? "")));
    }
    this.at -= 1;
    return this.push({ kind: "table", head: head.map(parseInline), rows });
  }

  private item(line: string): boolean {
    const { number, rest } = ITEM.exec(line)?.groups ?? {};
    if (rest === undefined) {
      return false;
    }
    const ordered = number !== undefined;
    if (this.list?.ordered === ordered) {
      this.list.items = [...this.list.items, parseInline(rest)];
      return true;
    }
    const list: Mutable<"list"> = { kind: "list", ordered, start: Number(number ?? 1), items: [parseInline(rest)] };
    this.push(list);
    this.list = list;
    return true;
  }

  /** An empty line ends a paragraph; between items of a list it is only air. */
  private words(line: string): void {
    if (line.trim() === "") {
      this.paragraph = undefined;
    } else if (this.paragraph) {
      this.paragraph.push(parseInline(line));
    } else {
      const lines = [parseInline(line)];
      this.push({ kind: "paragraph", lines });
      this.paragraph = lines;
    }
  }
}

/**
 * The blocks of a text: `#` begins a heading, an empty line ends a paragraph, lines that begin with `-` or `1.` make a
 * list, `|` between cells over a line of `---` a table.
 */
export function parseMarkup(text: string): Block[] {
  return new Reader(text.replace(/\r\n?/gu, "\n").split("\n")).read();
}

const PICTURE = /!\[[^\]\n]*\]\(file:\w{1,40}\)/gu;

/** A text without its pictures, for places that show these beside it. */
export function withoutPictures(text: string): string {
  return text.includes("](file:")
    ? text
        .replace(PICTURE, "")
        .replace(/\n{3,}/gu, "\n\n")
        .trim()
    : text;
}

const wordsIn = (line: Line): string => line.map(({ text }) => text).join("");

/** The words of a block, line by line. @param marked lists keep their numbers and dashes */
function linesOf(block: Block, marked: boolean): string[] {
  switch (block.kind) {
    case "heading":
      return [wordsIn(block.line)];
    case "paragraph":
      return block.lines.map(wordsIn);
    case "code":
      return block.text.split("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(wordsIn).filter(Boolean).join(" · "));
    case "list":
      return block.items.map((item, index) => {
        const mark = block.ordered ? `${block.start + index}. ` : "- ";
        return (marked ? mark : "") + wordsIn(item);
      });
  }
}

/** The words alone, on one line: for rows of lists. */
export function plainText(text: string): string {
  return parseMarkup(text)
    .flatMap((block) => linesOf(block, false))
    .join(" ");
}

/** An address after the words that stood for it: where nothing can be tapped, people must see it. */
function spelledOut(line: Line): Line {
  return line.map((piece) =>
    piece.kind === "link" && piece.text !== piece.href ? { ...piece, text: `${piece.text} ${piece.href}` } : piece,
  );
}

function withAddresses(block: Block): Block {
  switch (block.kind) {
    case "heading":
      return { ...block, line: spelledOut(block.line) };
    case "paragraph":
      return { ...block, lines: block.lines.map(spelledOut) };
    case "list":
      return { ...block, items: block.items.map(spelledOut) };
    case "table":
      return { ...block, rows: block.rows.map((row) => row.map(spelledOut)) };
    default:
      return block;
  }
}

/** The text as a person would type it, without marks, in lines: for places that show no formatting. */
export function typedText(text: string): string {
  return parseMarkup(text)
    .map((block) => linesOf(withAddresses(block), true).join("\n"))
    .join("\n\n");
}
