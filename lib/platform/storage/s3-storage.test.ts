import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type S3Server, startS3Server } from "@/lib/testing/stubs/s3";
import { s3Storage } from "./s3-storage";

const KEY = "2026/11/21/abcdefghijklmnopqrstuvwx";

describe("storage in an S3-compatible bucket", () => {
  let server: S3Server;
  let folder: string;

  beforeAll(async () => {
    server = await startS3Server("key-of-tests");
    folder = mkdtempSync(path.join(tmpdir(), "yingda-s3-"));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const bucketOf = (accessKeyId: string) =>
    s3Storage({
      bucket: "uploads",
      endpoint: server.endpoint,
      region: "auto",
      accessKeyId,
      secretAccessKey: "secret of tests",
    });

  it("puts the bytes under the key, signed, reads them back, and removes them", async () => {
    const file = path.join(folder, "photo");
    const bytes = Buffer.alloc(300_000, "照片");
    writeFileSync(file, bytes);
    const bucket = bucketOf("key-of-tests");
    await bucket.put(KEY, file, "image/png");
    expect(server.objects.get(`/uploads/${KEY}`)?.type).toBe("image/png");
    expect(server.objects.get(`/uploads/${KEY}`)?.bytes.equals(bytes)).toBe(true);
    const read = await bucket.read(KEY);
    expect(Buffer.from(await new Response(read).arrayBuffer()).equals(bytes)).toBe(true);
    await bucket.remove(KEY);
    expect(server.objects.size).toBe(0);
    expect(await bucket.read(KEY)).toBeUndefined();
    expect(server.refused).toEqual([]);
  });

  it("tells a refused key apart from a file that is not there", async () => {
    await expect(bucketOf("another-key").read(KEY)).rejects.toThrow("AccessDenied");
    expect(server.refused).toEqual([`GET /uploads/${KEY}`]);
  });
});
