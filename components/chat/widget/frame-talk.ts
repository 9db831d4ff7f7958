const LONGEST_TEXT = 120;

/** What the frame said, whatever it was: each field of the type it should have. */
export interface FrameSaid {
  readonly what: unknown;
  readonly count: number;
  readonly author: string;
  readonly text: string;
}

const cut = (value: unknown): string => (typeof value === "string" ? value.slice(0, LONGEST_TEXT) : "");

/**
 * Reads a message to the page's window: only from our frame and only from our origin. Anything else is somebody else's
 * and ignored; texts are cut, and are shown as text.
 */
export function readFrameMessage(
  event: { readonly source: unknown; readonly origin: string; readonly data: unknown },
  frame: unknown,
  origin: string,
): FrameSaid | undefined {
  if (!frame || event.source !== frame || event.origin !== origin) {
    return undefined;
  }
  const { yingda, count, author, text } = Object(event.data) as Record<string, unknown>;
  return {
    what: yingda,
    count: Math.max(0, Number(count) | 0),
    author: cut(author),
    text: cut(text),
  };
}
