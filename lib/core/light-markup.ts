/**
 * The little formatting that answers may carry: headings, paragraphs, lists, **bold**, `code`, links, pictures. Pure and tiny, because the
 * visitor's page carries it. The result is data for elements, never HTML: nothing a person wrote can become markup.
 */

export type Inline =
  | { readonly kind: "text" | "bold" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  /** A picture among the answer's own files; `text` says what it shows. */
  | { readonly kind: "image"; readonly text: string; readonly fileId: string };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly line: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

const TOKEN =
  /!\[(?<alt>[^\]\n]*)\]\(file:(?<file>\w{1,40})\)|\*\*(?<bold>[^*\n]+)\*\*|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\((?<target>[^)\s]+)\)|(?<bare>https?:\/\/[^\s<>"'，。；、！？）】」]+)/gu;
const HEADING = /^(?<marks>#{1,4})\s+(?<rest>\S.*)$/u;
const ITEM = /^\s*(?:(?<bullet>[-*•])\s+|(?<number>\d{1,3}(?:[.)](?!\d)|、))\s*)(?<rest>\S.*)$/u;
/** Schemes that a link may have; everything else (`javascript:`, `data:`) stays text. */
const SAFE = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/))/iu;
/** Marks after a bare address that belong to the sentence. */
const TRAILING = /[.,;:!?)\]]+$/u;

function inlineOf(match: RegExpMatchArray): { readonly inline: Inline; readonly rest: string } {
  const { bold, code, label, target, bare, alt, file } = match.groups ?? {};
  if (file !== undefined) {
    return { inline: { kind: "image", text: alt ?? "", fileId: file }, rest: "" };
  }
  if (bold !== undefined) {
    return { inline: { kind: "bold", text: bold }, rest: "" };
  }
  if (code !== undefined) {
    return { inline: { kind: "code", text: code }, rest: "" };
  }
  if (label !== undefined && target !== undefined) {
    return SAFE.test(target)
      ? { inline: { kind: "link", text: label, href: target }, rest: "" }
      : { inline: { kind: "text", text: match[0] }, rest: "" };
  }
  const whole = bare ?? match[0];
  const href = whole.replace(TRAILING, "");
  return { inline: { kind: "link", text: href, href }, rest: whole.slice(href.length) };
}

/** The pieces of one line. */
export function parseInline(line: string): Inline[] {
  const pieces: Inline[] = [];
  let position = 0;
  const plain = (text: string): void => {
    if (text !== "") {
      pieces.push({ kind: "text", text });
    }
  };
  for (const match of line.matchAll(TOKEN)) {
    plain(line.slice(position, match.index));
    const { inline, rest } = inlineOf(match);
    pieces.push(inline);
    plain(rest);
    position = match.index + match[0].length;
  }
  plain(line.slice(position));
  return pieces;
}

/** The blocks of a text: `#` begins a heading, an empty line ends a paragraph, lines that begin with `-` or `1.` make a list. */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: Inline[][] = [];
  let items: Inline[][] = [];
  let ordered = false;
  const flush = (): void => {
    if (lines.length > 0) {
      blocks.push({ kind: "paragraph", lines });
    }
    if (items.length > 0) {
      blocks.push({ kind: "list", ordered, items });
    }
    lines = [];
    items = [];
  };
  for (const line of text.replaceAll("\r\n", "\n").split("\n")) {
    const heading = HEADING.exec(line)?.groups;
    if (heading) {
      flush();
      blocks.push({ kind: "heading", level: heading.marks?.length ?? 1, line: parseInline(heading.rest ?? "") });
      continue;
    }
    const item = ITEM.exec(line)?.groups;
    const numbered = item?.number !== undefined;
    if (line.trim() === "" || (item ? lines.length > 0 || numbered !== ordered : items.length > 0)) {
      flush();
    }
    if (item) {
      ordered = numbered;
      items.push(parseInline(item.rest ?? ""));
    } else if (line.trim() !== "") {
      lines.push(parseInline(line));
    }
  }
  flush();
  return blocks;
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

/** The words alone, on one line: for rows of lists. */
export function plainText(text: string): string {
  return parseMarkup(text)
    .flatMap((block) => (block.kind === "heading" ? [block.line] : block.kind === "list" ? block.items : block.lines))
    .map((line) => line.map((piece) => piece.text).join(""))
    .join(" ");
}
