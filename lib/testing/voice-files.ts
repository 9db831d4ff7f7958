/** Files as browsers record them, with nothing inside: only what tells what they are. */

function element(id: string, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(id, "hex"), Buffer.from([0x40, content.length]), content]);
}

/** @param kinds of the tracks: 1 pictures, 2 sound */
export function webm(kinds: readonly number[]): Buffer {
  const tracks = kinds.map((kind) => element("ae", element("83", Buffer.from([kind]))));
  return Buffer.concat([
    element("1a45dfa3", element("4282", Buffer.from("webm"))),
    // A segment of unknown length, as it is written while it is recorded.
    Buffer.from("1853806701ffffffffffffff", "hex"),
    element("1654ae6b", Buffer.concat(tracks)),
  ]);
}

function box(name: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
}

function mp4(kinds: readonly string[]): Buffer {
  const tracks = kinds.map((kind) =>
    box("trak", box("mdia", box("hdlr", Buffer.alloc(8), Buffer.from(kind, "latin1"), Buffer.alloc(13)))),
  );
  return Buffer.concat([box("ftyp", Buffer.from("isom\0\0\0\0isomiso5mp42", "latin1")), box("moov", ...tracks)]);
}

export const voice = (container: "webm" | "mp4"): Buffer => (container === "webm" ? webm([2]) : mp4(["soun"]));
export const film = (container: "webm" | "mp4"): Buffer =>
  container === "webm" ? webm([2, 1]) : mp4(["soun", "vide"]);
export const oggVoice = (): Buffer =>
  Buffer.concat([Buffer.from("OggS"), Buffer.alloc(24), Buffer.from("OpusHead"), Buffer.alloc(64)]);
