import crypto from "@wecom/crypto";
import { describe, expect, it } from "vitest";
import { describeChannel, NOW } from "@/lib/testing/channel-conformance";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { bellOf, signCallback } from "@/lib/testing/stubs/wecom/bell";
import type { RawRequest } from "../../adapter";
import { decryptEnvelope, encryptEnvelope, platformSignature } from "../../platform-crypto/envelope";
import { wecomAdapter } from "./adapter";
import { wecomFeed } from "./feed";
import { readFeedEntry } from "./inbound";
import { pieces } from "./outbound";
import { wecomConfig } from "./schema";

// Vectors of the fact sheet, checked there against the platform's own library.
const corpId = "ww12345678910abcd";
const openKfId = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q";
const secrets = {
  corpSecret: "corp secret of tests",
  token: "kfTok3n",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};
const ECHO = "Q3stYC6hdFzMh9T8HCvyDM9lHvpLsHdVqIA9tIJtgv7biLT6Rc3HyJKrJWTAlVL5m82NfJk/FCnMyArUpVrKnA==";
const config = wecomConfig.parse({ corpId, openKfId });

const contextAt = (seconds: number) => ({
  config,
  secrets,
  fetch,
  tokens: memoryTokens(),
  now: () => new Date(seconds * 1_000),
  signal: AbortSignal.timeout(30_000),
});

describeChannel({
  adapter: wecomAdapter,
  config: { corpId, openKfId },
  secrets,
  webhook: {
    sign: (body, at) => signCallback({ corpId, ...secrets }, body, at),
    windowSeconds: 300,
    envelope: true,
    samples: [
      { name: "a bell", body: bellOf(corpId, openKfId, "ENCApHxnGDNAVNY4", NOW), inbound: [{ kind: "ignored" }] },
    ],
  },
  sending: {
    configFor: (apiBase) => ({ corpId, openKfId, apiBase }),
    success: { status: 200, body: '{"errcode":0,"errmsg":"ok","msgid":"m"}' },
    failures: [
      { answer: { status: 200, body: '{"errcode":-1,"errmsg":"system busy"}' }, kind: "transient" },
      { answer: { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }, kind: "transient" },
      { answer: { status: 200, body: '{"errcode":95001,"errmsg":"send msg count limit"}' }, kind: "rejected" },
      { answer: { status: 200, body: '{"errcode":95002,"errmsg":"send msg time limit"}' }, kind: "rejected" },
      { answer: { status: 200, body: '{"errcode":60020,"errmsg":"not allow to access from your ip"}' }, kind: "auth" },
      { answer: { status: 200, body: "<html>Bad gateway</html>" }, kind: "transient" },
      { answer: { status: 200, body: '{"errcode":' }, kind: "transient" },
      { answer: { status: 429 }, kind: "transient" },
      { answer: { status: 502 }, kind: "transient" },
      { answer: { status: 404 }, kind: "rejected" },
    ],
  },
});

describe("the console's check", () => {
  const query = {
    msg_signature: "c77421222db2c23c6995ee17b94c19cb15d3db8a",
    timestamp: "1757000000",
    nonce: "1597212914",
    echostr: ECHO,
  };
  const request: RawRequest = { method: "GET", headers: {}, query, body: new Uint8Array() };

  it("is answered with the words inside, and nothing else", async () => {
    const verdict = await wecomAdapter.verify(request, contextAt(1_757_000_000));
    expect(verdict).toEqual({ kind: "handshake", contentType: "text/plain", body: "6286417312948745125" });
  });

  it("is refused before anything is decrypted when its signature is wrong", async () => {
    const changed = { ...request, query: { ...query, echostr: ECHO.replace("Q3st", "Q3su") } };
    expect(await wecomAdapter.verify(changed, contextAt(1_757_000_000))).toMatchObject({ kind: "refused" });
  });

  it("of another corp is refused, though token and key are ours", async () => {
    const echostr = encryptEnvelope(secrets.encodingAesKey, "ww0000000000000000", "42");
    const signature = platformSignature(secrets.token, query.timestamp, query.nonce, echostr);
    const other = { ...request, query: { ...query, echostr, msg_signature: signature } };
    expect(await wecomAdapter.verify(other, contextAt(1_757_000_000))).toMatchObject({ kind: "refused" });
  });
});

describe("the platform's own library", () => {
  it("reads what we encrypt, and we read what it encrypts", () => {
    for (const text of ["hello", "退款 🙂", "x".repeat(31), "y".repeat(32), "z".repeat(5_000)]) {
      const ours = encryptEnvelope(secrets.encodingAesKey, corpId, text);
      expect(crypto.decrypt(secrets.encodingAesKey, ours)).toMatchObject({ message: text, id: corpId });
      const theirs = crypto.encrypt(secrets.encodingAesKey, text, corpId);
      expect(decryptEnvelope(secrets.encodingAesKey, corpId, theirs)).toBe(text);
    }
    const signature = crypto.getSignature(secrets.token, "1757000000", "1597212914", ECHO);
    expect(platformSignature(secrets.token, "1757000000", "1597212914", ECHO)).toBe(signature);
  });
});

describe("a bell", () => {
  const ringing = (account: string) => signCallback({ corpId, ...secrets }, bellOf(corpId, account, "ENC1", NOW), NOW);
  const seconds = NOW.getTime() / 1_000;

  it("names its account and brings a key for reading", () => {
    expect(wecomFeed.bell(ringing(openKfId), contextAt(seconds))).toEqual({ feed: openKfId, key: "ENC1" });
  });

  it("of an account that is not this channel's rings about nothing", () => {
    expect(wecomFeed.bell(ringing("wkOther"), contextAt(seconds))).toBeUndefined();
    const open = { ...contextAt(seconds), config: wecomConfig.parse({ corpId }) };
    expect(wecomFeed.bell(ringing("wkOther"), open)).toEqual({ feed: "wkOther", key: "ENC1" });
  });
});

describe("an entry of sync_msg", () => {
  const base = { msgid: "m1", open_kfid: openKfId, external_userid: "wm1", send_time: 1_615_478_585, origin: 3 };
  const read = (fields: Record<string, unknown>, at = config) => readFeedEntry({ ...base, ...fields }, at, NOW)?.item;
  const event = (fields: Record<string, unknown>) =>
    read({ origin: 4, msgtype: "event", event: { open_kfid: openKfId, external_userid: "wm1", ...fields } });

  it.each([
    ["text", { content: "hello 🙂", menu_id: "101" }, "hello 🙂"],
    [
      "location",
      { name: "广州塔", address: "阅江西路", latitude: 23.1, longitude: 113.3 },
      "📍 广州塔\n阅江西路\n23.1, 113.3",
    ],
    ["link", { title: "标题", desc: "说明", url: "https://a.example" }, "标题\n说明\nhttps://a.example"],
    ["business_card", { userid: "zhang" }, "👤 zhang"],
    ["miniprogram", { title: "小店", appid: "wx", pagepath: "pages/a" }, "🔗 小店\npages/a"],
    [
      "msgmenu",
      { head_content: "请选", list: [{ type: "click", click: { id: "1", content: "退款" } }], tail_content: "谢谢" },
      "请选\n· 退款\n谢谢",
    ],
    [
      "channels_shop_product",
      { product_id: "9", title: "茶", sales_price: 1_990, shop_nickname: "店" },
      "🛍 茶\n¥19.90\n店\n9",
    ],
    [
      "channels_shop_order",
      { order_id: "o1", product_titles: "茶", price_wording: "¥19.90", state: "待发货", shop_nickname: "店" },
      "🧾 茶\n¥19.90\n待发货\n店\no1",
    ],
    [
      "merged_msg",
      {
        title: "聊天记录",
        item: [
          { msgtype: "text", sender_name: "甲", msg_content: '{"text":{"content":"在吗"}}' },
          { msgtype: "image", sender_name: "乙", msg_content: "broken" },
        ],
      },
      "聊天记录\n甲: 在吗\n乙: [image]",
    ],
    ["channels", { sub_type: 1, nickname: "号", title: "视频" }, "▶ 号\n视频"],
  ])("%s becomes its words", (msgtype, content, text) => {
    expect(read({ msgtype, [msgtype]: content })).toMatchObject({
      kind: "message",
      externalUserId: "wm1",
      externalId: "m1",
      text,
      at: new Date(1_615_478_585_000),
    });
  });

  it.each(["image", "voice", "video", "file"] as const)("%s brings its file", (msgtype) => {
    expect(read({ msgtype, [msgtype]: { media_id: "M1" } })).toMatchObject({
      kind: "message",
      media: [{ kind: msgtype, reference: "M1" }],
    });
  });

  it("of a kind that is not shown is a line in the timeline", () => {
    for (const msgtype of ["meeting", "note", "hologram", "constructor"]) {
      expect(read({ msgtype, [msgtype]: {} })).toMatchObject({
        kind: "event",
        name: "unknown_message",
        values: { key: msgtype },
      });
    }
  });

  it("of a servicer in WeCom is a colleague's message", () => {
    const item = read({ origin: 5, servicer_userid: "zhang", msgtype: "text", text: { content: "您好" } });
    expect(item).toMatchObject({ kind: "colleague", name: "zhang", text: "您好" });
  });

  it("tells who entered, with the code for a welcome where there is one", () => {
    const entered = { event_type: "enter_session", scene: "shop", scene_param: "a", welcome_code: "wc" };
    expect(event(entered)).toMatchObject({
      kind: "event",
      name: "enter_session",
      values: { key: "shop a" },
      welcome: true,
      replyCode: "wc",
    });
    expect(event({ ...entered, welcome_code: undefined })).not.toHaveProperty("welcome");
  });

  it.each([
    ["0", "rejected"],
    ["4", "window_closed"],
    ["5", "session_over"],
    ["6", "limit_reached"],
    ["10", "blocked"],
    ["77", "rejected"],
  ])("msg_send_fail of type %s marks the message as %s", (failType, reason) => {
    expect(event({ event_type: "msg_send_fail", fail_msgid: "abc-2", fail_type: Number(failType) })).toMatchObject({
      kind: "receipt",
      externalId: "abc",
      state: "failed",
      reason,
    });
  });

  it("tells who has the session", () => {
    const change = { event_type: "session_status_change", old_servicer_userid: "li", new_servicer_userid: "zhang" };
    for (const [changeType, owner, name] of [
      [1, "outside", "zhang"],
      [2, "outside", "zhang"],
      [3, "nobody", "li"],
      [4, "outside", "zhang"],
    ] as const) {
      expect(event({ ...change, change_type: changeType })).toMatchObject({ kind: "session", owner, name });
    }
  });

  it("tells what was taken back, and what a servicer switched", () => {
    expect(event({ event_type: "user_recall_msg", recall_msgid: "m0" })).toMatchObject({
      kind: "recall",
      recalledId: "m0",
    });
    expect(
      event({ event_type: "reject_customer_msg_switch_change", servicer_userid: "li", reject_switch: 1 }),
    ).toMatchObject({ kind: "event", name: "servicer_rejects", values: { key: "li" } });
    const onDuty = { event_type: "servicer_status_change", servicer_userid: "li", status: 2 };
    expect(read({ origin: 4, external_userid: undefined, msgtype: "event", event: onDuty })).toMatchObject({
      kind: "ignored",
    });
    expect(event({ event_type: "new_thing" })).toMatchObject({ kind: "event", name: "other" });
  });

  it("of another account is not this channel's; a channel for all accounts keeps them apart", () => {
    const text = { msgtype: "text", text: { content: "hi" } };
    expect(read({ ...text, open_kfid: "wkOther" })).toMatchObject({ kind: "ignored" });
    expect(read(text, wecomConfig.parse({ corpId }))).toMatchObject({ externalUserId: `${openKfId}/wm1` });
  });

  it("that is broken never throws", () => {
    for (const value of [
      null,
      1,
      "x",
      [],
      {},
      { msgid: 3 },
      { msgid: "a", msgtype: "text" },
      { ...base, msgtype: "msgmenu", msgmenu: { list: 3 } },
      { ...base, msgtype: "merged_msg", merged_msg: { item: [null] } },
    ]) {
      expect(() => readFeedEntry(value, config, NOW)).not.toThrow();
    }
  });
});

describe("a long message", () => {
  it("goes in pieces of at most 2048 bytes, none of it lost", () => {
    const text = "感谢您的耐心等待，我们马上为您处理。".repeat(120);
    const cut = pieces({ externalUserId: "wm1", messageId: "msg_1", text, files: [], idempotencyKey: "msg_1" });
    expect(cut.every((piece) => Buffer.byteLength(piece.text) <= 2_048)).toBe(true);
    expect(cut.map((piece) => piece.text).join("")).toBe(text);
    expect(new Set(cut.map((piece) => piece.idempotencyKey)).size).toBe(cut.length);
  });
});
