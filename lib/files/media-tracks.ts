import { type FileHandle, open } from "node:fs/promises";

/** Most elements that are looked at: a file made of millions of empty ones must not cost more (T59). */
const MOST_ELEMENTS = 2_000;

interface Element {
  readonly id: string;
  /** Where its content begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

type ReadElement = (file: FileHandle, at: number, limit: number) => Promise<Element | undefined>;

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** A number of EBML, whose first bits tell its length (RFC 8794, 4). */
function variableNumber(
  bytes: Buffer,
  at: number,
  keepsMarker: boolean,
): { value: number; length: number } | undefined {
  const first = bytes[at];
  const length = first ? Math.clz32(first) - 23 : 9;
  if (first === undefined || length > 8 || at + length > bytes.length) {
    return undefined;
  }
  const rest = first & (0xff >> length);
  let value = keepsMarker ? first : rest;
  let isUnknown = rest === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: !keepsMarker && isUnknown ? Number.POSITIVE_INFINITY : value, length };
}

const readEbml: ReadElement = async (file, at, limit) => {
  const head = await bytesAt(file, at, 16);
  const id = variableNumber(head, 0, true);
  const size = id && variableNumber(head, id.length, false);
  if (!id || !size) {
    return undefined;
  }
  const start = at + id.length + size.length;
  return { id: id.value.toString(16), start, end: Math.min(start + size.value, limit) };
};

/** A box of ISO/IEC 14496-12, 4.2. */
const readBox: ReadElement = async (file, at, limit) => {
  const head = await bytesAt(file, at, 16);
  if (head.length < 8) {
    return undefined;
  }
  const small = head.readUInt32BE(0);
  const isLarge = small === 1 && head.length === 16;
  const size = small === 0 ? limit - at : isLarge ? Number(head.readBigUInt64BE(8)) : small;
  const start = at + (isLarge ? 16 : 8);
  return size < start - at ? undefined : { id: head.toString("latin1", 4, 8), start, end: Math.min(at + size, limit) };
};

/** Elements into which the way to the tracks leads, and what tells a track's kind. */
const FORMATS = {
  webm: {
    read: readEbml,
    inside: new Set(["18538067", "1654ae6b", "ae"]),
    leaf: "83",
    // The number of a kind of track (Matroska, TrackType); video is 1.
    kindAt: 0,
    kindLength: 1,
    video: "\u0001",
  },
  mp4: {
    read: readBox,
    inside: new Set(["moov", "trak", "mdia"]),
    leaf: "hdlr",
    kindAt: 8,
    kindLength: 4,
    video: "vide",
  },
} as const;

/**
 * Whether a WebM or MP4 file holds pictures. Recorders of browsers write voices in the same containers as films.
 *
 * @returns undefined when no track was found: then it is what it claims to be
 */
export async function hasVideoTrack(path: string, container: keyof typeof FORMATS): Promise<boolean | undefined> {
  const { read, inside, leaf, kindAt, kindLength, video } = FORMATS[container];
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let found = false;
    let at = 0;
    for (let count = 0; count < MOST_ELEMENTS && at < size; count += 1) {
      const element = await read(file, at, size);
      if (!element) {
        break;
      }
      if (element.id === leaf) {
        const kind = await bytesAt(file, element.start + kindAt, kindLength);
        if (kind.toString("latin1") === video) {
          return true;
        }
        found = true;
      }
      at = inside.has(element.id) ? element.start : element.end;
    }
    return found ? false : undefined;
  } finally {
    await file.close();
  }
}
