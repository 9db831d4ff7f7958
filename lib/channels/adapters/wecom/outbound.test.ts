import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { type KfStub, startKfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import type { Outbound, OutboundFile } from "../../adapter";
import { testCredentials } from "./credentials-test";
import { fetchMedia, sendPiece } from "./outbound";
import { wecomConfig } from "./schema";

const account = { corpId: "ww1", corpSecret: "corp secret of tests", openKfId: "wk1" };
const UPLOAD = "/cgi-bin/media/upload";
let stub: KfStub;
beforeAll(async () => {
  stub = await startKfStub(account);
});
afterAll(() => stub.stop());

const tokens = memoryTokens();
const contextOf = (corpSecret = account.corpSecret) => ({
  config: wecomConfig.parse({ corpId: account.corpId, openKfId: account.openKfId, apiBase: stub.url }),
  secrets: { corpSecret, token: "t", encodingAesKey: "k" },
  fetch,
  tokens: corpSecret === account.corpSecret ? tokens : memoryTokens(),
  now: () => new Date(),
  signal: AbortSignal.timeout(30_000),
});

const file = (mime: string, size = 1_000): OutboundFile => ({
  id: `fil_${mime}`,
  name: 'a"b.png',
  mime,
  size,
  url: "https://shop.example/f",
  read: async () => Buffer.alloc(size, 1),
});
const message = (part: Partial<Outbound>): Outbound => ({
  externalUserId: "wm1",
  messageId: `msg_${stub.sent.length}`,
  text: "",
  files: [],
  idempotencyKey: `msg_${stub.sent.length}:0`,
  ...part,
});

describe("files to a customer", () => {
  it("are uploaded once, each as what the platform takes; what is too large goes as a link", async () => {
    stub.log.said("wm1");
    for (const [mime, msgtype] of [
      ["image/png", "image"],
      ["audio/amr", "voice"],
      ["video/mp4", "video"],
      ["application/pdf", "file"],
    ] as const) {
      stub.log.said("wm1");
      await sendPiece(message({ files: [file(mime)] }), contextOf());
      await sendPiece(message({ files: [file(mime)] }), contextOf());
      expect(stub.sent.slice(-2).map((sent) => sent.msgtype)).toEqual([msgtype, msgtype]);
    }
    expect(stub.calls.filter((path) => path === UPLOAD)).toHaveLength(4);
    await sendPiece(message({ files: [file("application/zip", 21 * 1_048_576)] }), contextOf());
    expect(stub.sent.at(-1)).toMatchObject({ msgtype: "text", text: '📎 a"b.png\nhttps://shop.example/f' });
  });

  it("are uploaded anew when the platform forgot them", async () => {
    stub.log.said("wm1");
    const before = stub.calls.filter((path) => path === UPLOAD).length;
    stub.trouble("/cgi-bin/kf/send_msg", { errcode: 40007 });
    await sendPiece(message({ files: [file("image/png")] }), contextOf());
    expect(stub.calls.filter((path) => path === UPLOAD)).toHaveLength(before + 1);
    expect(stub.sent.at(-1)?.msgtype).toBe("image");
  });

  it("and from one come as they are", async () => {
    const reference = stub.addMedia(Buffer.from('{"errcode":40007}'), "their.json");
    const bytes = await fetchMedia({ kind: "file", reference, name: "file" }, contextOf());
    expect(Buffer.from(bytes).toString()).toBe('{"errcode":40007}');
    const gone = fetchMedia({ kind: "file", reference: "gone", name: "file" }, contextOf());
    await expect(gone).rejects.toMatchObject({ kind: "rejected", reason: "unsupported" });
  });
});

describe("choices", () => {
  it("are a menu; ones too long for it are written out", async () => {
    stub.log.said("wm1");
    await sendPiece(message({ text: "请选", choices: ["退款", "发货"] }), contextOf());
    expect(stub.sent.at(-1)).toMatchObject({ msgtype: "msgmenu", text: "请选\n退款\n发货" });
    await sendPiece(message({ text: "请选", choices: ["长".repeat(60)] }), contextOf());
    expect(stub.sent.at(-1)?.msgtype).toBe("text");
  });
});

describe("testing the credentials", () => {
  it("names the accounts that work, and says what is wrong", async () => {
    expect(await testCredentials(contextOf())).toEqual({ kind: "works", detail: "客服小店" });
    expect(await testCredentials(contextOf("wrong"))).toMatchObject({ finding: "credentials_refused" });
    stub.trouble("/cgi-bin/kf/account/list", { errcode: 60020, errmsg: "not allow to access from your ip" });
    expect(await testCredentials(contextOf())).toMatchObject({ finding: "address_not_listed", detail: "127.0.0.1" });
    stub.trouble("/cgi-bin/kf/account/list", { errcode: 95017 });
    expect(await testCredentials(contextOf())).toMatchObject({ finding: "not_permitted" });
    const bare = { ...contextOf(), secrets: {} };
    expect(await testCredentials(bare)).toMatchObject({ finding: "incomplete" });
  });
});
