import type { Inline } from "@/lib/core/light-markup";

const LINK = /https:\/\/[^\s<>"'`，。；：！？、（）《》「」【】\u3000]+/gu;
/** Signs that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}]+$/u;

/** Only addresses that the browser itself takes for https become links: no script, no data. */
function linkTarget(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === "https:" && !url.username ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Finds links in one line of a person's words. Everything else is text; nothing is ever markup. */
export function withLinks(line: string): Inline[] {
  const pieces: Inline[] = [];
  let position = 0;
  for (const match of line.matchAll(LINK)) {
    const text = match[0].replace(TRAILING, "");
    const href = linkTarget(text);
    if (href) {
      if (match.index > position) {
        pieces.push({ kind: "text", text: line.slice(position, match.index) });
      }
      pieces.push({ kind: "link", text, href });
      position = match.index + text.length;
    }
  }
  if (position < line.length) {
    pieces.push({ kind: "text", text: line.slice(position) });
  }
  return pieces;
}
