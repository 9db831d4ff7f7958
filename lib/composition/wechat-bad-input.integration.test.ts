import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { channels, webhookDeliveries } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { forgetChannel } from "@/lib/channels/lookup-queries";
import { encryptEnvelope, platformSignature } from "@/lib/channels/platform-crypto/envelope";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { finishJobs, holdRetries } from "@/lib/testing/due-jobs";
import { type PlatformStub, startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { type PushMode, signPush } from "@/lib/testing/stubs/wechat/push-signer";
import { webhookEndpoint } from "./webhook-endpoint";
import { runDueJobs } from "./worker";

const appId = "wx1234567890abcdef";
const secrets = { token: "tok_cs_2026", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };
const SEND = "/cgi-bin/message/custom/send";

let stub: PlatformStub;
let api: ApiFixture;
let channelId: string;

beforeAll(async () => {
  stub = await startPlatformStub({ appId, appSecret: "app secret of tests" });
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(stub.url).host);
  api = await createApiFixture();
  await holdRetries(api.desk.db);
  const { merchantId } = await api.desk.merchant();
  channelId = newId("channel");
  await api.desk.db.insert(channels).values({
    id: channelId,
    merchantId,
    type: "wechat",
    name: "公众号",
    config: { appId, apiBase: stub.url, passiveWindow: 0 },
    sealedSecrets: seal(JSON.stringify({ appSecret: "app secret of tests", ...secrets })),
  });
});

afterAll(async () => {
  await api.end();
  await stub.stop();
});

let nextId = 700;
function text(content: string, openId = "oBad"): string {
  nextId += 1;
  return `<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[${openId}]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${nextId}</MsgId></xml>`;
}

interface Sent {
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const signed = (body: string, mode: PushMode = "safe", at = new Date()): Sent =>
  signPush({ body, mode, at, appId, ...secrets });

function post({ query, body }: Sent, id = channelId): Promise<Response> {
  const url = `${APP_URL}/api/webhooks/${id}?${new URLSearchParams(query)}`;
  return webhookEndpoint(new Request(url, { method: "POST", body: Buffer.from(body) }), { channelId: id });
}

/** A ciphertext of our own making under a good signature: what only somebody with the token could send. */
function sealed(encrypted: string): Sent {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const query = {
    timestamp,
    nonce: "n",
    signature: platformSignature(secrets.token, timestamp, "n"),
    msg_signature: platformSignature(secrets.token, timestamp, "n", encrypted),
  };
  return { query, body: `<xml><ToUserName>gh</ToUserName><Encrypt>${encrypted}</Encrypt></xml>` };
}

const stored = async () => (await api.desk.db.select().from(webhookDeliveries)).length;
const said = async () => (await api.desk.db.select().from(messages)).filter((row) => row.authorKind === "visitor");

describe("what is not WeChat's is refused and leaves no trace (T51, T52)", () => {
  it.each([
    [
      "a wrong signature",
      () => ({ ...signed(text("x")), query: { ...signed(text("x")).query, signature: "0".repeat(40) } }),
    ],
    ["no signature", () => ({ ...signed(text("x")), query: {} })],
    [
      "a wrong msg_signature",
      () => ({ ...signed(text("x")), query: { ...signed(text("x")).query, msg_signature: "0" } }),
    ],
    ["an old push", () => signed(text("x"), "safe", new Date(Date.now() - 301_000))],
    ["a push from the future", () => signed(text("x"), "plain", new Date(Date.now() + 301_000))],
    ["a message for another app", () => sealed(encryptEnvelope(secrets.encodingAesKey, "wx0", text("x")))],
    ["cut base64", () => sealed(encryptEnvelope(secrets.encodingAesKey, appId, text("x")).slice(0, -3))],
    ["wrong padding", () => sealed(Buffer.alloc(64, 7).toString("base64"))],
    ["an empty ciphertext", () => sealed("")],
    ["entities that grow", () => signed('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml>&b;</xml>', "plain")],
    [
      "an entity of a file",
      () =>
        signed(
          '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><FromUserName>&a;</FromUserName></xml>',
          "plain",
        ),
    ],
    ["no XML", () => signed("hello", "plain")],
    ["broken JSON", () => signed('{"FromUserName":', "plain")],
    ["two senders", () => signed("<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>", "plain")],
  ])("%s", async (_, make) => {
    const before = await stored();
    expect((await post(make())).status).toBe(403);
    expect(await stored()).toBe(before);
  });

  it("ten megabytes", async () => {
    expect((await post(signed(text("x".repeat(10_000_000)), "plain"))).status).toBe(413);
  });

  it("a captured plain signature under other words, while a retry of the same words is taken", async () => {
    const push = signed(text("原话"), "plain");
    expect((await post(push)).status).toBe(200);
    expect((await post(push)).status).toBe(200);
    expect((await post({ ...push, body: text("别的话") })).status).toBe(403);
  });

  it("a channel that is unknown, or switched off", async () => {
    expect((await post(signed(text("x")), "chn_nobody")).status).toBe(404);
    await api.desk.db.update(channels).set({ enabled: false }).where(eq(channels.id, channelId));
    forgetChannel(channelId);
    expect((await post(signed(text("x")))).status).toBe(404);
    await api.desk.db.update(channels).set({ enabled: true }).where(eq(channels.id, channelId));
    forgetChannel(channelId);
  });

  it("and wrong padding and a wrong app are told apart neither by words nor by time", async () => {
    const padded = sealed(Buffer.alloc(4_096, 7).toString("base64"));
    const other = sealed(encryptEnvelope(secrets.encodingAesKey, "wx0", "x".repeat(4_000)));
    const answers = await Promise.all([padded, other].map(async (each) => JSON.parse(await (await post(each)).text())));
    const told = answers.map(({ status, reason, detail }) => ({ status, reason, detail }));
    expect(told[0]).toEqual(told[1]);
    // In turn, and by the middle of many: whatever else the machine does meets both alike.
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < 60; round += 1) {
      for (const [index, each] of [padded, other].entries()) {
        const started = performance.now();
        await post(each);
        times[index]?.push(performance.now() - started);
      }
    }
    const [one, two] = times.map((each) => each.sort((a, b) => a - b)[30] ?? 0) as [number, number];
    expect(Math.max(one, two) / Math.min(one, two)).toBeLessThan(5);
  });
});

describe("what a customer says is never lost", () => {
  it("however odd its characters are", async () => {
    const words = ["😀👨‍👩‍👧 𠮷", "a]]b", "<!DOCTYPE x>", "&amp; &lt;", "'; drop table messages; --"];
    for (const content of words) {
      expect((await post(signed(text(content, "oOdd")))).status).toBe(200);
    }
    await runDueJobs();
    await runDueJobs();
    expect((await said()).map((row) => row.text)).toEqual(expect.arrayContaining(words));
  });

  it.each([
    ["down", "cut" as const],
    ["answering HTML", { status: 200, body: "<html>maintenance</html>" }],
    ["telling 429", { status: 429, body: "" }],
    ["failing with 502", { status: 502, body: "<html>" }],
    ["answering broken JSON", { status: 200, body: "{" }],
    ["busy (errcode -1)", { errcode: -1 }],
  ])("while the platform is %s; the answer waits, says why, and goes once", async (name, trouble) => {
    const openId = `o-${name}`;
    stub.ledger.open(openId, "message");
    stub.trouble(SEND, trouble);
    expect((await post(signed(text("你好", openId)))).status).toBe(200);
    await runDueJobs();
    await runDueJobs();
    expect((await said()).filter((row) => row.text === "你好").length).toBeGreaterThan(0);
    const waiting = (await api.desk.db.select().from(messages)).filter((row) => row.delivery === "queued");
    expect(waiting.map((row) => row.deliveryError)).toEqual([expect.stringMatching(/transient|unreachable/)]);
    await finishJobs(api.desk.db);
    expect(stub.sent.filter(({ touser }) => touser === openId)).toHaveLength(1);
  });
});
