import { crc32, deflateRawSync } from "node:zlib";
import sharp from "sharp";

function pngChunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG that promises so many pixels and holds next to none. */
export function pngOfSize(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", Buffer.from([0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01])),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Plain pictures, to be made hostile or not. */
export function picture(format: "png" | "gif" | "jpeg", width = 8, height = 8): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#4f6bed" } })
    .toFormat(format)
    .toBuffer();
}

/** A GIF that is a script as well: `GIF89a` opens a comment that the script closes, and a comment block carries it. */
export async function gifWithScript(script: string): Promise<Buffer> {
  const gif = await picture("gif", 10799, 1);
  const comment = Buffer.from(`*/=1;${script}//`, "latin1");
  // Before the trailer, the last byte: a comment extension of one block.
  return Buffer.concat([
    gif.subarray(0, -1),
    Buffer.from([0x21, 0xfe, comment.length]),
    comment,
    Buffer.from([0x00, 0x3b]),
  ]);
}

/** A photo as a phone makes it: on its side, and telling where it was taken. */
export async function photoWithPlace(): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 20, channels: 3, background: "#4f6bed" } })
    .jpeg()
    .withExif({
      IFD0: { Make: "Secret Phone", Orientation: "6" },
      IFD3: { GPSLatitude: "31/1 12/1 0/1", GPSLatitudeRef: "N" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

function zipEntry(name: string, stored: Buffer, size: number, check: number, method: number, offset: number) {
  const file = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(check, 14);
  local.writeUInt32LE(stored.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  local.copy(central, 10, 8, 28);
  central.writeUInt16LE(file.length, 28);
  central.writeUInt32LE(offset, 42);
  return { local: Buffer.concat([local, file, stored]), central: Buffer.concat([central, file]) };
}

/** An office document whose table of contents unpacks to `megabytes` of nothing. */
export function zipBomb(megabytes: number): Buffer {
  const plain = Buffer.alloc(megabytes * 1024 * 1024);
  const packed = deflateRawSync(plain, { level: 1 });
  const { local, central } = zipEntry("[Content_Types].xml", packed, plain.length, crc32(plain), 8, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** The first bytes of a Windows program. */
export const PROGRAM = Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"), Buffer.alloc(1024, 0x20)]);
