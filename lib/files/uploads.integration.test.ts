import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { serveFile, uploadEndpoint } from "@/lib/composition/file-endpoints";
import { incomingFolder } from "@/lib/platform/storage/storage";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, sessionCookie, visitorToken } from "@/lib/testing/environment";
import { gifWithScript, PROGRAM, photoWithPlace, picture, pngOfSize, zipBomb } from "@/lib/testing/hostile-files";
import { multipart, multipartHead, type UploadForm, uploadRequest } from "@/lib/testing/upload-request";
import type { UploadedFile } from "./schema";

const MEGABYTE = 1024 * 1024;
const uploadAsVisitor = uploadEndpoint(["visitor"]);

describe("uploads (T54)", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let folder: string;
  let visitor: VisitorContext;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    folder = mkdtempSync(path.join(tmpdir(), "yingda-uploads-"));
    vi.stubEnv("YINGDA_DATA_DIR", folder);
    vi.stubEnv("UPLOAD_MAX_MB", "2");
    shop = await fixture.merchant();
    visitor = await createVisitor(fixture, shop);
  });
  afterAll(async () => {
    await fixture.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const bearer = (who = visitor) => ({ authorization: `Bearer ${visitorToken(who)}` });
  const leftovers = () => readdirSync(incomingFolder());
  const storedFiles = () =>
    readdirSync(path.join(folder, "files"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));

  async function upload(form: UploadForm, who = visitor): Promise<{ status: number; body: UploadedFile }> {
    const response = await uploadAsVisitor(uploadRequest(multipart(form), bearer(who)));
    return { status: response.status, body: (await response.json()) as UploadedFile };
  }
  async function refusal(request: Request): Promise<{ status: number; reason: string }> {
    const response = await uploadAsVisitor(request);
    const { status, reason, detail } = (await response.json()) as { status: number; reason: string; detail: string };
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(detail).not.toBe("");
    expect(detail).not.toBe(reason);
    return { status, reason };
  }
  const refused = (form: UploadForm) => refusal(uploadRequest(multipart(form), bearer()));
  async function download(file: UploadedFile): Promise<Response> {
    return serveFile(new Request(`http://localhost:3000${file.url}`), { id: file.id });
  }

  it.each([
    ["a program named .png", "cat.png", PROGRAM],
    [
      "an SVG with a script",
      "logo.svg",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ["an SVG named .png", "logo.png", Buffer.from('<?xml version="1.0"?><svg onload="alert(1)"/>')],
    ["a page named .png", "cat.png", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a page", "page.html", Buffer.from("<!doctype html><script>alert(1)</script>")],
    ["a script", "run.js", Buffer.from("fetch('https://evil.example')")],
    ["a double extension", "invoice.pdf.exe", PROGRAM],
    ["bytes of no kind named .txt", "notes.txt", Buffer.from([0, 1, 2, 3, 255, 254])],
    ["a picture whose data is broken", "broken.png", pngOfSize(16, 16)],
    ["a picture that ends in the middle", "half.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
  ])("refuses %s", async (_, name, bytes) => {
    expect(await refused({ name, bytes })).toEqual({ status: 400, reason: "file_type_refused" });
    expect(leftovers()).toEqual([]);
  });

  it("refuses a file without a byte", async () => {
    expect(await refused({ name: "nothing.png", bytes: Buffer.alloc(0) })).toMatchObject({ reason: "file_empty" });
    expect(leftovers()).toEqual([]);
  });

  it("refuses a picture of 20,000 × 20,000 pixels before it is unpacked", async () => {
    const before = process.memoryUsage.rss();
    expect(await refused({ name: "bomb.png", bytes: pngOfSize(20_000, 20_000) })).toEqual({
      status: 400,
      reason: "image_too_large",
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MEGABYTE);
    expect(leftovers()).toEqual([]);
  });

  it("never unpacks an archive: one that would fill the memory costs none", async () => {
    const bytes = zipBomb(200);
    const before = process.memoryUsage.rss();
    const response = await uploadAsVisitor(uploadRequest(multipart({ name: "report.docx", bytes }), bearer()));
    expect(response.status).toBeLessThan(500);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * MEGABYTE);
    expect(leftovers()).toEqual([]);
  });

  it("draws a GIF that is a script, too, anew: the script is gone", async () => {
    const bytes = await gifWithScript("alert(document.domain)");
    expect(bytes.toString("latin1")).toContain("alert(document.domain)");
    const { status, body } = await upload({ name: "fun.gif", bytes });
    expect(status).toBe(201);
    const stored = Buffer.from(await (await download(body)).arrayBuffer());
    expect(stored.subarray(0, 6).toString("latin1")).toBe("GIF89a");
    expect(stored.toString("latin1")).not.toContain("alert");
  });

  it("keeps a photo upright and tells nobody where it was taken", async () => {
    const { status, body } = await upload({ name: "IMG_1.jpg", bytes: await photoWithPlace(), type: "image/jpeg" });
    expect(status).toBe(201);
    expect([body.width, body.height]).toEqual([20, 40]);
    const stored = Buffer.from(await (await download(body)).arrayBuffer());
    expect((await sharp(stored).metadata()).exif).toBeUndefined();
    expect(stored.toString("latin1")).not.toContain("Secret Phone");
  });

  it.each([
    ["../../etc/passwd.png", "passwd.png"],
    ["..\\\\..\\\\boot.png", "boot.png"],
    ["/var/www/x.png", "x.png"],
    ["photo\u202egnp.exe.png", "photognp.exe.png"],
    ["<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"],
    ["照片 🙂.png", "照片 🙂.png"],
    ["...", "....png"],
    ["invoice.pdf.exe", "invoice.pdf.exe.png"],
    ["page.html", "page.html.png"],
  ])("stores a picture called %j as %j, under a random key of its own", async (name, expected) => {
    const { status, body } = await upload({ name, bytes: await picture("png") });
    expect(status).toBe(201);
    expect(body.name).toBe(expected);
    expect(storedFiles().every((file) => /^files\/\d{4}\/\d{2}\/\d{2}\/[\w-]{32}$/.test(file))).toBe(true);
  });

  it("shortens a name of 300 characters and keeps its extension", async () => {
    const { body } = await upload({ name: `${"长".repeat(300)}.png`, bytes: await picture("png") });
    expect(Array.from(body.name)).toHaveLength(120);
    expect(body.name.endsWith(".png")).toBe(true);
  });

  it("answers a name with a NUL byte without a fault, and shows none", async () => {
    const response = await uploadAsVisitor(
      uploadRequest(multipart({ name: "a\0b.png", bytes: await picture("png") }), bearer()),
    );
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toMatch(/\\u0000|\0/);
    expect(leftovers()).toEqual([]);
  });

  it("cuts an endless upload off at the limit: neither disk nor memory fill, and the rest is not read", async () => {
    let sent = 0;
    const head = multipartHead({ name: "endless.png" });
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = sent === 0 ? head : Buffer.alloc(64 * 1024, 0x41);
        sent += chunk.length;
        controller.enqueue(new Uint8Array(chunk));
      },
    });
    expect(await refusal(uploadRequest(endless, bearer()))).toEqual({ status: 413, reason: "file_too_large" });
    expect(sent).toBeLessThan(4 * MEGABYTE);
    expect(leftovers()).toEqual([]);
  });

  it("refuses an upload that announces more than the limit without reading it", async () => {
    const body = multipart({ name: "large.png", bytes: Buffer.alloc(100) });
    const headers = { ...bearer(), "content-length": String(100 * MEGABYTE) };
    expect(await refusal(uploadRequest(body, headers))).toEqual({ status: 413, reason: "file_too_large" });
  });

  it("survives an upload that breaks off in the middle, and keeps nothing of it", async () => {
    const body = multipart({ name: "cut.png", bytes: Buffer.alloc(300 * 1024, 0x41), cutAfter: 200 * 1024 });
    expect(await refusal(uploadRequest(body, bearer()))).toEqual({ status: 400, reason: "upload_invalid" });
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(body));
      },
      pull(controller) {
        controller.error(new Error("the connection is gone"));
      },
    });
    expect(await refusal(uploadRequest(broken, bearer()))).toEqual({ status: 400, reason: "upload_invalid" });
    await vi.waitUntil(() => leftovers().length === 0, 20_000);
  });

  it("takes 100 uploads at once", async () => {
    const bytes = await picture("png", 200, 200);
    const visitors = await Promise.all(Array.from({ length: 5 }, () => createVisitor(fixture, shop)));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        upload({ name: `${index}.png`, bytes }, visitors[index % visitors.length]),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(100);
    expect(leftovers()).toEqual([]);
  });

  it("holds one visitor to 60 uploads a minute", async () => {
    const eager = await createVisitor(fixture, shop);
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => upload({ name: "empty.png", bytes: Buffer.alloc(0) }, eager)),
    );
    // What was allowed anew while they were on their way: one a second.
    const more = Math.ceil((performance.now() - started) / 1_000);
    expect(answers.filter(({ status }) => status !== 429).length).toBeLessThanOrEqual(60 + more);
    const after = await refusal(uploadRequest(multipart({ name: "empty.png", bytes: Buffer.alloc(0) }), bearer()));
    expect(after.reason).toBe("file_empty");
  });

  it("answers what is no upload with a clear refusal", async () => {
    const png = await picture("png");
    const json = new Request("http://localhost:3000/api/v1/chat/files", {
      method: "POST",
      headers: { ...bearer(), "content-type": "application/json" },
      body: "{}",
    });
    expect(await refusal(json)).toEqual({ status: 415, reason: "unsupported_type" });
    const boundless = uploadRequest(multipart({ name: "a.png", bytes: png }), {
      ...bearer(),
      "content-type": "multipart/form-data",
    });
    expect(await refusal(boundless)).toEqual({ status: 400, reason: "upload_invalid" });
    expect(await refused({ name: "a.png", bytes: png, field: "attachment" })).toMatchObject({
      reason: "upload_invalid",
    });
    expect(leftovers()).toEqual([]);
  });

  it("takes files from those who may send them, and from nobody else", async () => {
    const body = multipart({ name: "a.png", bytes: await picture("png") });
    const agent = await fixture.agent(shop.merchantId);
    const cookie = await sessionCookie(agent.actor.userId);
    expect(await refusal(uploadRequest(body))).toEqual({ status: 401, reason: "unauthenticated" });
    expect(await refusal(uploadRequest(body, { cookie }))).toEqual({ status: 401, reason: "unauthenticated" });
    const uploadAsAgent = uploadEndpoint(["agent", "key"]);
    expect((await uploadAsAgent(uploadRequest(body, { cookie }))).status).toBe(201);
    expect((await uploadAsAgent(uploadRequest(body, bearer()))).status).toBe(401);
    const foreign = uploadRequest(body, { cookie, origin: "https://evil.example" });
    expect((await uploadAsAgent(foreign)).status).toBe(403);
  });
});
