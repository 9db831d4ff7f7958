import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { uploadEndpoint } from "@/lib/composition/file-endpoints";
import { getConversation } from "@/lib/conversations/queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, visitorToken } from "@/lib/testing/environment";
import { picture } from "@/lib/testing/hostile-files";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { voice } from "@/lib/testing/voice-files";
import type { UploadedFile } from "./schema";
import { uploadSettings } from "./settings-schema";

let desk: DeskFixture;
let folder: string;
let visitor: VisitorContext;
let agent: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  folder = mkdtempSync(path.join(tmpdir(), "yingda-voice-"));
  vi.stubEnv("YINGDA_DATA_DIR", folder);
  const shop = await desk.merchant();
  visitor = await createVisitor(desk, shop);
  agent = await desk.agent(shop.merchantId, "admin");
});
afterAll(async () => {
  await desk.end();
  rmSync(folder, { recursive: true, force: true });
});

async function upload(bytes: Uint8Array, name: string): Promise<UploadedFile & { reason?: string }> {
  const request = uploadRequest(multipart({ name, bytes }), { authorization: `Bearer ${visitorToken(visitor)}` });
  return (await (await uploadEndpoint(["visitor"])(request)).json()) as UploadedFile;
}

it("a voice note is sound with its length, for the list, too; a length on anything else counts for nothing", async () => {
  const note = await upload(voice("webm"), "语音留言.webm");
  expect(note).toMatchObject({ mime: "audio/webm", name: "语音留言.webm" });
  const photo = await upload(await picture("png"), "cup.png");
  const { message } = await postVisitorMessage(visitor, {
    clientId: "voice-note-1",
    parts: [
      { type: "file", fileId: note.id, seconds: 12 },
      { type: "file", fileId: photo.id, seconds: 5 },
    ],
  });
  expect(message.parts).toMatchObject([
    { type: "file", mime: "audio/webm", seconds: 12 },
    { type: "image", mime: "image/png" },
  ]);
  expect(message.parts[1]).not.toHaveProperty("seconds");
  expect((await getConversation(agent, message.conversationId)).lastMessagePreview).toBe("🎤 12″");
});

it("is refused where a merchant takes no sound", async () => {
  const kinds = ["image", "video"];
  await updateSettings(agent, agent.actor.merchantId, uploadSettings, { patch: { kinds } });
  expect(await upload(voice("mp4"), "voice.m4a")).toMatchObject({ reason: "file_type_refused" });
});
