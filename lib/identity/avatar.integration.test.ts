import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { files } from "@/db/schema/operations";
import { uploadEndpoint } from "@/lib/composition/file-endpoints";
import { storage } from "@/lib/platform/storage/storage";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, sessionCookie } from "@/lib/testing/environment";
import { photoWithPlace } from "@/lib/testing/hostile-files";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { setAvatar } from "./avatar-service";

let desk: DeskFixture;
let agent: AgentContext;
let folder: string;
const upload = uploadEndpoint(["agent"]);

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  folder = mkdtempSync(path.join(tmpdir(), "yingda-avatar-test-"));
  vi.stubEnv("YINGDA_DATA_DIR", folder);
  agent = await desk.agent((await desk.merchant()).merchantId);
});
afterAll(async () => {
  await desk.end();
  rmSync(folder, { recursive: true, force: true });
});

async function uploaded(bytes: Buffer, name: string, who = agent): Promise<string> {
  const request = uploadRequest(multipart({ name, bytes }), { cookie: await sessionCookie(who.actor.userId) });
  const answer = await upload(request);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}
async function pictureOf(id: string) {
  const [row] = await desk.db.select().from(files).where(eq(files.id, id));
  const stream = row && (await storage().read(row.storageKey));
  return { row, image: sharp(Buffer.from(await new Response(stream).arrayBuffer())) };
}

it("an avatar is the square that was chosen, drawn anew: nothing of the photo's place or camera is left (P2)", async () => {
  // Left half red, right half blue: the square of the right half has no red.
  const half = (background: string) => sharp({ create: { width: 100, height: 100, channels: 3, background } }).png();
  const both = await sharp({ create: { width: 200, height: 100, channels: 3, background: "#ff0000" } })
    .composite([{ input: await half("#0000ff").toBuffer(), left: 100, top: 0 }])
    .jpeg({ quality: 95 })
    .toBuffer();
  const { id } = await setAvatar(agent, {
    fileId: await uploaded(both, "me.jpg"),
    crop: { left: 0.5, top: 0, size: 1 },
  });
  const { row, image } = await pictureOf(id);
  expect(row).toMatchObject({ mime: "image/webp", width: 256, height: 256 });
  const { channels } = await image.stats();
  expect(channels[0]?.mean).toBeLessThan(20);
  expect(channels[2]?.mean).toBeGreaterThan(235);

  const placed = await setAvatar(agent, {
    fileId: await uploaded(await photoWithPlace(), "place.jpg"),
    crop: { left: 0, top: 0, size: 1 },
  });
  const { exif, icc, xmp } = await (await pictureOf(placed.id)).image.metadata();
  expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
});

it("only a picture of one's own becomes one", async () => {
  const stranger = await desk.agent(agent.actor.merchantId);
  const crop = { left: 0, top: 0, size: 1 };
  const theirs = await uploaded(await photoWithPlace(), "theirs.jpg", stranger);
  const words = await uploaded(Buffer.from("just words"), "words.txt");
  for (const fileId of [theirs, words, "fil_00000000000000000000000000"]) {
    await expect(setAvatar(agent, { fileId, crop })).rejects.toMatchObject({ reason: "file_unknown" });
  }
});
