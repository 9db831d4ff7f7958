import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { files } from "@/db/schema/operations";
import { serveFile, uploadEndpoint } from "@/lib/composition/file-endpoints";
import { postReply } from "@/lib/conversations/agent-service";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { signToken } from "@/lib/platform/crypto/sign";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, visitorToken } from "@/lib/testing/environment";
import { picture } from "@/lib/testing/hostile-files";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import type { UploadedFile } from "./schema";

const HOUR_MS = 3_600_000;

describe("uploaded files", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let folder: string;
  let visitor: VisitorContext;
  let agent: AgentContext;
  let file: UploadedFile;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    folder = mkdtempSync(path.join(tmpdir(), "yingda-files-"));
    vi.stubEnv("YINGDA_DATA_DIR", folder);
    shop = await fixture.merchant();
    visitor = await createVisitor(fixture, shop);
    agent = await fixture.agent(shop.merchantId);
    file = await upload(await picture("png"), "杯子 (1)'.png");
  });
  afterAll(async () => {
    await fixture.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function upload(bytes: Uint8Array, name: string): Promise<UploadedFile> {
    const request = uploadRequest(multipart({ name, bytes }), { authorization: `Bearer ${visitorToken(visitor)}` });
    return (await (await uploadEndpoint(["visitor"])(request)).json()) as UploadedFile;
  }
  const get = (id: string, token: string) =>
    serveFile(new Request(`http://localhost:3000/api/files/${id}?token=${token}`), { id });
  const tokenOf = (address: string) => new URL(address, "http://localhost").searchParams.get("token") ?? "";

  it("are served as a download of their own type that no browser runs", async () => {
    const response = await get(file.id, tokenOf(file.url));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "attachment; filename*=UTF-8''%E6%9D%AF%E5%AD%90%20%281%29%27.png",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": expect.stringContaining("private"),
    });
    expect((await response.arrayBuffer()).byteLength).toBe(file.size);
  });

  it("serve a text as a text, also when it is a page", async () => {
    const page = await upload(Buffer.from("<!doctype html><script>alert(1)</script>"), "readme.txt");
    const response = await get(page.id, tokenOf(page.url));
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
  });

  it("are closed to who has no token, a forged one, one of another file, one for another purpose, an old one (T55)", async () => {
    const other = await upload(await picture("png"), "other.png");
    const token = tokenOf(file.url);
    const [body, signature] = token.split(".");
    const twoDaysAgo = new Date(Date.now() - 48 * HOUR_MS);
    for (const wrong of [
      "",
      "x",
      `${token}x`,
      `${body}.`,
      `${body}`,
      `.${signature}`,
      `${body}.${signature}.${signature}`,
      `${Buffer.from(JSON.stringify({ p: "file", e: 9_999_999_999, d: { id: file.id } })).toString("base64url")}.${signature}`,
      tokenOf(other.url),
      signToken("visitor", { id: file.id }, 3_600),
      tokenOf(fileAddress(file.id, twoDaysAgo)),
    ]) {
      const response = await get(file.id, wrong);
      expect(response.status, wrong).toBe(403);
      expect(await response.json()).toMatchObject({ reason: "file_link_expired", detail: expect.any(String) });
    }
  });

  it("have an address that lasts a day and cannot be guessed", async () => {
    const token = tokenOf(file.url);
    expect(Buffer.from(token.split(".")[1] ?? "", "base64url")).toHaveLength(32);
    const at = new Date();
    expect(tokenOf(fileAddress(file.id, at))).toBe(tokenOf(fileAddress(file.id, new Date(at.getTime() + 1))));
  });

  it("are not there for an unknown id, even with a token for it, nor when the row is gone", async () => {
    const unknown = newId("file");
    expect((await get(unknown, tokenOf(fileAddress(unknown, new Date())))).status).toBe(404);
    const gone = await upload(await picture("png"), "gone.png");
    await fixture.db.delete(files).where(eq(files.id, gone.id));
    expect((await get(gone.id, tokenOf(gone.url))).status).toBe(404);
  });

  it("are not there when their bytes are lost, and that is not a fault of the server", async () => {
    const lost = await upload(await picture("png"), "lost.png");
    const [row] = await fixture.db.select().from(files).where(eq(files.id, lost.id));
    rmSync(path.join(folder, "files", row?.storageKey ?? "none"));
    expect((await get(lost.id, tokenOf(lost.url))).status).toBe(404);
  });

  it("can be attached by the one who uploaded them, and by nobody else (T39)", async () => {
    const send = (who: VisitorContext) =>
      postVisitorMessage(who, { clientId: newId("client"), parts: [{ type: "file", fileId: file.id }] });
    const sent = await send(visitor);
    expect(sent.message.parts[0]).toMatchObject({ type: "image", fileId: file.id });
    const stranger = await createVisitor(fixture, shop);
    const elsewhere = await createVisitor(fixture, await fixture.merchant());
    await expect(send(stranger)).rejects.toMatchObject({ reason: "file_unknown" });
    await expect(send(elsewhere)).rejects.toMatchObject({ reason: "file_unknown" });
    const reply = postReply(agent, sent.conversation.id, {
      clientId: newId("client"),
      parts: [{ type: "file", fileId: file.id }],
      visibility: "public",
    });
    await expect(reply).rejects.toMatchObject({ reason: "file_unknown" });
  });
});
