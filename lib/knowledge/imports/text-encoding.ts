/** Bytes of the beginning by which an encoding is told. */
export const ENCODING_SAMPLE_BYTES = 256 * 1024;

/** Share of broken characters past which a text is not UTF-8 with a slip but something else. */
const SLIPS_MAX = 0.02;
const BROKEN = "\ufffd";

function brokenIn(text: string): number {
  return text.split(BROKEN).length - 1;
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label) !== undefined;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: nearly every other byte of Latin text, digits and commas is zero. */
function utf16Of(bytes: Uint8Array): string | undefined {
  let [even, odd] = [0, 0];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    even += bytes[at] === 0 ? 1 : 0;
    odd += bytes[at + 1] === 0 ? 1 : 0;
  }
  // A table of Chinese cells still has its commas and line ends; text of single bytes has no zero at all.
  if (even + odd <= bytes.length / 200) {
    return undefined;
  }
  return odd >= even ? "utf-16le" : "utf-16be";
}

/**
 * The encoding of a text, as `TextDecoder` names it: by its mark, by what its sender declares where that holds, else
 * UTF-8 or GB18030 (which holds GBK), whichever breaks fewer characters.
 *
 * @param bytes the beginning of the text, at best `ENCODING_SAMPLE_BYTES`
 * @param declared charset of a header or of the document itself
 */
export function encodingOf(bytes: Uint8Array, declared?: string): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return "utf-8";
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return bytes[0] === 0xff ? "utf-16le" : "utf-16be";
  }
  const wide = utf16Of(bytes);
  if (wide) {
    return wide;
  }
  // The sample may end in the middle of a character: a decoder that waits for more does not call that broken.
  const sample = (label: string) => new TextDecoder(label).decode(bytes, { stream: true });
  const utf8 = sample("utf-8");
  const beyondAscii = utf8.length - utf8.replace(/[^\0-\x7f]/g, "").length;
  const broken = brokenIn(utf8);
  if (broken === 0) {
    return "utf-8";
  }
  if (declared && !/^utf-?8$/i.test(declared) && isKnown(declared) && brokenIn(sample(declared)) < broken) {
    return new TextDecoder(declared).encoding;
  }
  return broken / beyondAscii <= SLIPS_MAX || brokenIn(sample("gb18030")) >= broken ? "utf-8" : "gb18030";
}

/** The whole text, without its byte order mark; what its encoding does not know is U+FFFD. */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  return new TextDecoder(encodingOf(bytes.subarray(0, ENCODING_SAMPLE_BYTES), declared)).decode(bytes);
}

/** True for a text with characters that were lost on the way. */
export function isBroken(text: string): boolean {
  return text.includes(BROKEN);
}
