import { inflateRawSync } from "node:zlib";
import { AppError } from "@/lib/core/errors";

/** All parts of an archive unpacked, in bytes; and how many there may be. */
const UNPACKED_MAX = 100 * 1024 * 1024;
const PARTS_MAX = 1_000;

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const DEFLATED = 8;
const ENCRYPTED = 1;

function directoryStart(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1) {
    if (bytes.readUInt32LE(at) === END) {
      return bytes.readUInt32LE(at + 16);
    }
  }
  throw new AppError("invalid", "import_unreadable");
}

/**
 * Refuses an archive that unpacks to more than it may, before anything reads it. The sizes that an archive states are
 * not believed: each part is unpacked up to what is left.
 *
 * @throws AppError too_large `import_too_large`; invalid `import_encrypted` | `import_unreadable`
 */
export function checkArchive(archive: Uint8Array): void {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  // An encrypted Office file is a compound file, not an archive (MS-OFFCRYPTO).
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new AppError("invalid", "import_encrypted");
  }
  let left = UNPACKED_MAX;
  let at = directoryStart(bytes);
  for (let part = 0; at + 46 <= bytes.length && bytes.readUInt32LE(at) === DIRECTORY; part += 1) {
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) {
      throw new AppError("invalid", "import_encrypted");
    }
    const packed = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(data, data + packed);
    try {
      left -=
        bytes.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(body, { maxOutputLength: left }).length : packed;
    } catch (cause) {
      const full = cause instanceof RangeError;
      throw new AppError(full ? "too_large" : "invalid", full ? "import_too_large" : "import_unreadable", { cause });
    }
    if (left <= 0 || part >= PARTS_MAX) {
      throw new AppError("too_large", "import_too_large");
    }
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}
