import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { film, oggVoice, voice, webm } from "@/lib/testing/voice-files";
import { kindOf } from "./kinds";

const folder = mkdtempSync(path.join(tmpdir(), "yingda-tracks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kindOfBytes(bytes: Uint8Array, name = "voice"): Promise<string | undefined> {
  const file = path.join(folder, "file");
  writeFileSync(file, bytes);
  return kindOf(file, name);
}

describe("voices in the containers of films", () => {
  it.each([
    ["a browser's recording in WebM", voice("webm"), "audio/webm"],
    ["a browser's recording in MP4", voice("mp4"), "audio/mp4"],
    ["a recording in Ogg", oggVoice(), "audio/ogg"],
    ["a film in WebM", film("webm"), "video/webm"],
    ["a film in MP4", film("mp4"), "video/mp4"],
  ])("%s is what its tracks are", async (_, bytes, mime) => {
    expect(await kindOfBytes(bytes)).toBe(mime);
  });

  it.each([
    ["no track at all", webm([])],
    ["a size that leads nowhere", Buffer.concat([webm([]), Buffer.from([0xae, 0xff, 0xff])])],
    ["nothing but its head", voice("mp4").subarray(0, 24)],
  ])("one with %s stays a film", async (_, bytes) => {
    expect(await kindOfBytes(bytes)).toMatch(/^video\//);
  });

  it("is not kept busy by millions of empty elements", async () => {
    const empty = Buffer.alloc(400_000, Buffer.from([0xec, 0x80]));
    expect(await kindOfBytes(Buffer.concat([webm([]), empty]))).toBe("video/webm");
  });
});
