import { describe, expect, it } from "vitest";
import { describeChannel, NOW } from "@/lib/testing/channel-conformance";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { type PushMode, signPush } from "@/lib/testing/stubs/wechat/push-signer";
import type { Inbound } from "../../adapter";
import { decryptEnvelope, platformSignature } from "../../platform-crypto/envelope";
import { readXml, textAt } from "../../platform-crypto/xml";
import { wechatMiniAdapter } from "../wechat-mini/adapter";
import { wechatAdapter } from "./adapter";

const appId = "wx1234567890abcdef";
const secrets = {
  appSecret: "app secret of tests",
  token: "tok_cs_2026",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};
const seconds = Math.floor(NOW.getTime() / 1000);

const sign = (body: string, at: Date, mode: PushMode = "safe") =>
  signPush({ body, mode, at, appId, token: secrets.token, encodingAesKey: secrets.encodingAesKey });

function xml(fields: Record<string, string>, rest = ""): string {
  const all = { ToUserName: "gh_7f08", FromUserName: "oUser", CreateTime: String(seconds), ...fields };
  const inner = Object.entries(all).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>${inner.join("")}${rest}</xml>`;
}

const sample = (name: string, fields: Record<string, string>, inbound: Partial<Inbound>, rest = "") => ({
  name,
  body: xml(fields, rest),
  inbound: [inbound],
});
const event = (name: string, key: string) => ({
  kind: "event" as const,
  externalUserId: "oUser",
  name,
  values: { key },
});

const messages = [
  sample(
    "a text with emoji",
    { MsgType: "text", Content: "我想退款 🙂 <b>", MsgId: "24541436872104330" },
    { kind: "message", externalId: "m:24541436872104330", externalUserId: "oUser", text: "我想退款 🙂 <b>" },
  ),
  sample(
    "a picture",
    { MsgType: "image", PicUrl: "http://x", MediaId: "M1", MsgId: "2" },
    {
      kind: "message",
      text: "",
      media: [{ kind: "image", reference: "M1", name: "image.jpg" }],
    },
  ),
  sample(
    "a voice with its words",
    { MsgType: "voice", MediaId: "V1", Format: "amr", Recognition: "退款", MsgId: "3" },
    {
      kind: "message",
      text: "退款",
      media: [{ kind: "voice", reference: "V1", name: "voice.amr" }],
    },
  ),
  sample(
    "a place",
    { MsgType: "location", Location_X: "23.1", Location_Y: "113.3", Label: "广州", MsgId: "4" },
    {
      kind: "message",
      text: "📍 广州\n23.1, 113.3",
    },
  ),
  sample(
    "a link",
    { MsgType: "link", Title: "标题", Url: "https://a.example", MsgId: "5" },
    {
      kind: "message",
      text: "标题\nhttps://a.example",
    },
  ),
  sample("a kind nobody knows", { MsgType: "hologram", MsgId: "6" }, event("unknown_message", "hologram")),
];
const events = [
  sample(
    "a new follower by code",
    { MsgType: "event", Event: "subscribe", EventKey: "qrscene_12" },
    {
      ...event("subscribe", "12"),
      welcome: true,
    },
  ),
  sample("a scan", { MsgType: "event", Event: "SCAN", EventKey: "12" }, event("scan", "12")),
  sample("a menu tap", { MsgType: "event", Event: "CLICK", EventKey: "V1001" }, event("click", "V1001")),
  sample("a menu link", { MsgType: "event", Event: "VIEW", EventKey: "https://a" }, event("view", "https://a")),
  sample(
    "a scan from the menu",
    { MsgType: "event", Event: "scancode_waitmsg", EventKey: "k" },
    event("scancode", "6901"),
    "<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>6901</ScanResult></ScanCodeInfo>",
  ),
  sample(
    "an event nobody knows",
    { MsgType: "event", Event: "new_thing", EventKey: "k" },
    event("other", "new_thing k"),
  ),
];

describeChannel({
  adapter: wechatAdapter,
  config: { appId },
  secrets,
  webhook: { sign, windowSeconds: 300, envelope: true, samples: [...messages, ...events] },
  sending: {
    configFor: (apiBase) => ({ appId, apiBase }),
    success: { status: 200, body: '{"errcode":0,"errmsg":"ok"}' },
    failures: [
      { answer: { status: 200, body: '{"errcode":-1,"errmsg":"system error"}' }, kind: "transient" },
      { answer: { status: 200, body: '{"errcode":45015,"errmsg":"response out of time limit"}' }, kind: "rejected" },
      { answer: { status: 200, body: '{"errcode":45047,"errmsg":"out of response count limit"}' }, kind: "rejected" },
      { answer: { status: 200, body: '{"errcode":48001,"errmsg":"api unauthorized"}' }, kind: "rejected" },
      { answer: { status: 200, body: "<html>Bad gateway</html>" }, kind: "transient" },
      { answer: { status: 200, body: "[1,2" }, kind: "transient" },
      { answer: { status: 429 }, kind: "transient" },
      { answer: { status: 502, body: "<html>" }, kind: "transient" },
    ],
  },
});

describeChannel({
  adapter: wechatMiniAdapter,
  config: { appId },
  secrets,
  webhook: {
    sign,
    windowSeconds: 300,
    envelope: true,
    samples: [
      {
        name: "a text in JSON with a long id",
        body: `{"ToUserName":"gh_mini","FromUserName":"oUser","CreateTime":${seconds},"MsgType":"text","Content":"在吗 \\"MsgId\\":5","MsgId":24541436872104331}`,
        inbound: [{ kind: "message", externalId: "m:24541436872104331", text: '在吗 "MsgId":5' }],
      },
      {
        name: "a card",
        body: `{"ToUserName":"gh_mini","FromUserName":"oUser","CreateTime":${seconds},"MsgType":"miniprogrampage","MsgId":7,"Title":"订单","PagePath":"pages/order"}`,
        inbound: [{ kind: "message", text: "🔗 订单\npages/order" }],
      },
      {
        name: "an opened session",
        body: `{"ToUserName":"gh_mini","FromUserName":"oUser","CreateTime":${seconds},"MsgType":"event","Event":"user_enter_tempsession","SessionFrom":"商品页"}`,
        inbound: [{ ...event("enter_session", "商品页"), welcome: true }],
      },
      sample("a text in XML", { MsgType: "text", Content: "你好", MsgId: "8" }, { kind: "message", text: "你好" }),
    ],
  },
  sending: {
    configFor: (apiBase) => ({ appId, apiBase }),
    success: { status: 200, body: '{"errcode":0,"errmsg":"ok"}' },
    failures: [{ answer: { status: 200, body: '{"errcode":45047,"errmsg":"x"}' }, kind: "rejected" }],
  },
});

const contextAt = (now: Date, given: Record<string, string> = secrets) => ({
  config: wechatAdapter.config.parse({ appId }),
  secrets: given,
  fetch,
  tokens: memoryTokens(),
  now: () => now,
  signal: AbortSignal.timeout(30_000),
});
const text = xml({ MsgType: "text", Content: "在吗", MsgId: "9" });

describe("pushes of WeChat", () => {
  it("are taken in plain, compatible and safe mode, and as one and the same message", async () => {
    for (const mode of ["plain", "compatible", "safe"] as const) {
      const verdict = await wechatAdapter.verify(sign(text, NOW, mode), contextAt(NOW));
      expect(verdict, mode).toMatchObject({ kind: "accepted", replayKey: "m:9", passiveFor: "oUser" });
      expect(await wechatAdapter.parse(sign(text, NOW, mode), contextAt(NOW))).toMatchObject([{ text: "在吗" }]);
    }
  });

  it("are refused in the clear where only encrypted ones count", async () => {
    const context = contextAt(NOW);
    const strict = { ...context, config: { ...context.config, requireEncryption: true } };
    expect(await wechatAdapter.verify(sign(text, NOW, "plain"), strict)).toMatchObject({ kind: "refused" });
    expect(await wechatAdapter.verify(sign(text, NOW, "safe"), strict)).toMatchObject({ kind: "accepted" });
  });

  it("are refused when they are for another app, though their signature holds", async () => {
    const { token, encodingAesKey } = secrets;
    const other = signPush({ body: text, mode: "safe", at: NOW, appId: "wx0000000000000000", token, encodingAesKey });
    expect(await wechatAdapter.verify(other, contextAt(NOW))).toEqual({ kind: "refused", reason: "signature" });
  });

  it("answer the console's check with its own words, and only under its signature", async () => {
    const query = { timestamp: "1714036504", nonce: "1514711492", echostr: "4375120948345356249" };
    const signature = platformSignature("AAAAA", query.timestamp, query.nonce);
    const get = { method: "GET", headers: {}, body: new Uint8Array() };
    const context = contextAt(NOW, { ...secrets, token: "AAAAA" });
    expect(signature).toBe("f464b24fc39322e44b38aa78f5edd27bd1441696");
    expect(await wechatAdapter.verify({ ...get, query: { ...query, signature } }, context)).toEqual({
      kind: "handshake",
      contentType: "text/plain",
      body: "4375120948345356249",
    });
    const wrong = { ...get, query: { ...query, signature: signature.replace("f", "e") } };
    expect(await wechatAdapter.verify(wrong, context)).toMatchObject({ kind: "refused" });
  });

  it("carry a reply in the way they came: encrypted and signed, or plain; sender and receiver swapped", async () => {
    const context = contextAt(NOW);
    const sealed = wechatAdapter.passive?.encode(sign(text, NOW, "safe"), "好的 ]]> 🙂", context);
    const outer = readXml(sealed?.body ?? "") ?? {};
    const encrypted = textAt(outer, "Encrypt") ?? "";
    expect(textAt(outer, "MsgSignature")).toBe(
      platformSignature(secrets.token, textAt(outer, "TimeStamp") ?? "", textAt(outer, "Nonce") ?? "", encrypted),
    );
    const expected = { ToUserName: "oUser", FromUserName: "gh_7f08", MsgType: "text", Content: "好的 ]]> 🙂" };
    expect(readXml(decryptEnvelope(secrets.encodingAesKey, appId, encrypted) ?? "")).toMatchObject(expected);
    const plain = wechatAdapter.passive?.encode(sign(text, NOW, "plain"), "好的 ]]> 🙂", context);
    expect(readXml(plain?.body ?? "")).toMatchObject(expected);
  });

  it("tell a template's fate twice: as a line for the timeline, and on the message", async () => {
    const body = xml({ MsgType: "event", Event: "TEMPLATESENDJOBFINISH", MsgID: "200", Status: "failed:user block" });
    expect(await wechatAdapter.parse(sign(body, NOW), contextAt(NOW))).toMatchObject([
      { kind: "event", name: "template_result" },
      { kind: "receipt", externalId: "200", state: "failed", reason: "blocked" },
    ]);
  });
});
