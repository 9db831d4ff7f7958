const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/**
 * True when JSON text nests lists and objects deeper than `limit`. Looked at before parsing: what nests thousands deep
 * overflows the stack of whoever walks it later, here or in a receiving client (T42).
 */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted && code === BACKSLASH) {
      index += 1;
    } else if (code === QUOTE) {
      quoted = !quoted;
    } else if (!quoted && OPEN.has(code)) {
      depth += 1;
      if (depth > limit) {
        return true;
      }
    } else if (!quoted && CLOSE.has(code)) {
      depth -= 1;
    }
  }
  return false;
}
