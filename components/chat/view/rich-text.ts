/** A stretch of text inside a line. */
export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "bold"; readonly text: string }
  | { readonly type: "link"; readonly text: string; readonly href: string };

/** A paragraph with its lines, or a list with its items. */
export type Block =
  | { readonly type: "paragraph"; readonly lines: readonly (readonly Inline[])[] }
  | {
      readonly type: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Inline[])[];
    };

const LINK = /https:\/\/[^\s<>"'`，。；：！？、（）《》「」【】\u3000]+/gu;
/** Signs that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}]+$/u;
const BOLD = /\*\*([^*\n]+)\*\*/gu;
const NUMBERED = /^\s*(\d{1,3})[.、)）]\s*(?=\S)(.*)$/u;
const BULLET = /^\s*[-*•·]\s+(.*)$/u;

/** Only addresses that the browser itself takes for https become links: no script, no data. */
function linkTarget(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === "https:" && !url.username ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function split(text: string, pattern: RegExp, make: (match: RegExpMatchArray) => Inline | undefined): Inline[] {
  const parts: Inline[] = [];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    const made = make(match);
    if (made) {
      if (match.index > position) {
        parts.push({ type: "text", text: text.slice(position, match.index) });
      }
      parts.push(made);
      position = match.index + (made.type === "link" ? made.text.length : match[0].length);
    }
  }
  if (position < text.length) {
    parts.push({ type: "text", text: text.slice(position) });
  }
  return parts;
}

/** Finds links in one line. Everything else is text; nothing is ever markup. */
export function withLinks(line: string): Inline[] {
  return split(line, LINK, ([address]) => {
    const text = address.replace(TRAILING, "");
    const href = linkTarget(text);
    return href ? { type: "link", text, href } : undefined;
  });
}

function withEmphasis(line: string): Inline[] {
  return split(line, BOLD, ([, text = ""]) => ({ type: "bold", text })).flatMap((part) =>
    part.type === "text" ? withLinks(part.text) : [part],
  );
}

/**
 * The few forms that a bot's answer may have: paragraphs, numbered and bulleted lists, bold, links. Unfinished ones, as
 * they come while an answer streams, stay plain text.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const numbered = NUMBERED.exec(line);
    const bullet = numbered ? null : BULLET.exec(line);
    const content = numbered?.[2] ?? bullet?.[1];
    const before = blocks.at(-1);
    if (content !== undefined) {
      const item = withEmphasis(content);
      const ordered = numbered !== null;
      if (before?.type === "list" && before.ordered === ordered) {
        blocks[blocks.length - 1] = { ...before, items: [...before.items, item] };
      } else {
        blocks.push({ type: "list", ordered, start: Number(numbered?.[1] ?? 1), items: [item] });
      }
    } else if (line.trim() === "") {
      if (before?.type === "list") {
        continue;
      }
      blocks.push({ type: "paragraph", lines: [] });
    } else if (before?.type === "paragraph" && before.lines.length > 0) {
      blocks[blocks.length - 1] = { ...before, lines: [...before.lines, withEmphasis(line)] };
    } else {
      blocks.push({ type: "paragraph", lines: [withEmphasis(line)] });
    }
  }
  return blocks.filter((block) => block.type === "list" || block.lines.length > 0);
}
