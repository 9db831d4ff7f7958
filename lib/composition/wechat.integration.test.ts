import { asc, desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { passiveReplies, webhookDeliveries } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { typingOperation } from "@/lib/conversations/operations";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { systemContext } from "@/lib/testing/actors";
import type { ApiFixture } from "@/lib/testing/api-fixture";
import { holdRetries } from "@/lib/testing/due-jobs";
import { PIXEL } from "@/lib/testing/pixel";
import { type PushOutcome, type PushTarget, push, say } from "@/lib/testing/stubs/wechat/follower";
import type { PlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs, startWorker } from "./worker";

const SEND = "/cgi-bin/message/custom/send";

let wechat: WechatFixture;
let stub: PlatformStub;
let api: ApiFixture;
let target: PushTarget;

beforeAll(async () => {
  wechat = await WechatFixture.create();
  ({ stub, api } = wechat);
  await holdRetries(api.desk.db);
  target = wechat.target();
});

afterAll(() => wechat.end());

beforeEach(async () => {
  await wechat.configure({});
  await drain();
  stub.sent.length = 0;
});

const drain = () => wechat.drain();
const rows = () => api.desk.db.select().from(messages).orderBy(asc(messages.createdAt), asc(messages.seq));
const said = async () => (await rows()).filter((row) => row.authorKind === "visitor").map((row) => row.text);
const noted = async () =>
  (await rows())
    .filter((row) => row.authorKind === "system")
    .flatMap((row) => row.parts.map((part) => String(part.key)));
const sentTo = (openId: string) => wechat.sentTo(openId);

/** The agent answers; nothing is sent yet. */
async function reply(openId: string, text: string): Promise<string> {
  const response = await wechat.tryReply(openId, text);
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

const stateOf = async (id: string) => (await rows()).find((row) => row.id === id);

describe("messages of WeChat users", () => {
  it("come in once and in their order, though each comes three times at once and all in a burst (T22, T24)", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `第 ${index + 1} 句`);
    const outcomes: PushOutcome[] = [];
    for (const [index, Content] of texts.entries()) {
      const copies = [1, 2, 3].map(() => push(target, "o-burst", { MsgType: "text", Content, MsgId: `9${index}` }));
      outcomes.push(...(await Promise.all(copies)));
    }
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["accepted"]));
    await drain();
    expect(await said()).toEqual(texts);
    expect(await api.desk.db.select().from(webhookDeliveries)).toHaveLength(20);
  });

  it("bring their files into the house; one that cannot be had is told, and its words are kept", async () => {
    const MediaId = stub.addMedia(PIXEL, "image/png");
    await push(target, "o-media", { MsgType: "image", PicUrl: "http://x", MediaId, MsgId: "31" });
    await push(target, "o-media", {
      MsgType: "voice",
      MediaId: "gone",
      Format: "amr",
      Recognition: "退货",
      MsgId: "32",
    });
    await drain();
    const parts = (await rows())
      .filter(({ clientId }) => /^in:m:3[12]$/.test(clientId ?? ""))
      .flatMap((row) => row.parts);
    expect(parts).toMatchObject([
      { type: "image", mime: "image/png" },
      { type: "text", text: "退货\n[voice.amr]" },
    ]);
    expect(await noted()).toContain("channel_event.media_lost");
  });

  it("are stored once when a process ended between any two steps of reading them", async () => {
    await say(target, "o-again", "第一句");
    await push(target, "o-again", { MsgType: "event", Event: "VIEW", EventKey: "AGAIN" });
    await drain();
    const before = (await rows()).length;
    // As it stands when everything was stored, but the end of the job was not reached.
    const unread = await api.desk.db.update(webhookDeliveries).set({ processedAt: null }).returning();
    for (const { id } of unread) {
      await rowsOf(
        api.desk.db,
        sql`select graphile_worker.add_job('channel.ingest', ${JSON.stringify({ deliveryId: id })}::json)`,
      );
    }
    await drain();
    expect((await rows()).length).toBe(before);
  });

  it("and what they do stands in the timeline once; who follows is welcomed", async () => {
    await wechat.configure({ welcome: { "zh-CN": "欢迎来到青禾" } });
    const subscribe = { MsgType: "event", Event: "subscribe", EventKey: "qrscene_7", CreateTime: String(now()) };
    await push(target, "o-follow", subscribe);
    await push(target, "o-follow", subscribe);
    await push(target, "o-follow", { MsgType: "event", Event: "CLICK", EventKey: "V1" });
    await drain();
    expect((await noted()).filter((key) => /subscribe|click/.test(key))).toEqual([
      "channel_event.subscribe",
      "channel_event.click",
    ]);
    expect(sentTo("o-follow")).toEqual(["欢迎来到青禾"]);
  });
});

const now = () => Math.floor(Date.now() / 1000);

describe("replies to WeChat users", () => {
  it("are announced by typing, as often as the platform takes it, until the agent stops", async () => {
    await say(target, "o-typing", "转人工");
    await drain();
    await reply("o-typing", "稍等");
    const typing = {
      as: wechat.agent,
      params: { id: await wechat.conversationOf("o-typing") },
      body: { typing: true },
    };
    await api.call(typingOperation, typing);
    await api.call(typingOperation, typing);
    const path = "/cgi-bin/message/custom/typing";
    await vi.waitUntil(() => stub.calls.includes(path), 20_000);
    expect(stub.calls.filter((call) => call === path)).toHaveLength(1);
    await api.call(typingOperation, { ...typing, body: { typing: false } });
    await vi.waitUntil(() => stub.typing.length === 2, 20_000);
    expect(stub.typing).toEqual(["o-typing Typing", "o-typing CancelTyping"]);
    await drain();
  });

  it("go out in pieces that end with a sentence, each once, though the platform fails in between", async () => {
    await say(target, "o-long", "转人工");
    await drain();
    stub.sent.length = 0;
    const long = Array.from({ length: 100 }, (_, index) => `这是第 ${index} 句很长的说明。`).join("");
    stub.trouble(SEND, { errcode: -1 });
    const id = await reply("o-long", long);
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "transient" });
    await wechat.hurry();
    await drain();
    expect(sentTo("o-long").length).toBeGreaterThan(1);
    expect(sentTo("o-long").join("")).toBe(long);
    expect(sentTo("o-long").every((text) => text.endsWith("。") && Buffer.byteLength(text) <= 2_048)).toBe(true);
    expect(await stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
  });

  it("get a new token once when theirs is refused, over and over without asking too often", async () => {
    await say(target, "o-token", "转人工");
    await drain();
    const before = stub.tokens.length;
    stub.expireTokens();
    await reply("o-token", "好的");
    await drain();
    expect(sentTo("o-token").at(-1)).toBe("好的");
    expect(stub.tokens.length).toBe(before + 1);
  });

  it.each([
    [45015, "window_closed"],
    [45047, "limit_reached"],
    [48004, "no_permission"],
    [43004, "blocked"],
    [40013, "auth"],
  ])("tell the agent why the platform refused them (%i)", async (errcode, deliveryError) => {
    await say(target, `o-${errcode}`, "转人工");
    await drain();
    stub.trouble(SEND, { errcode });
    const id = await reply(`o-${errcode}`, "好的");
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError });
  });

  it("are marked and not sent twice when a process ended while one was on its way (T26)", async () => {
    await say(target, "o-crash", "转人工");
    await drain();
    const id = await reply("o-crash", "退款已受理");
    await api.desk.db.update(messages).set({ deliveryStep: 1 }).where(eq(messages.id, id));
    stub.sent.length = 0;
    await drain();
    expect(sentTo("o-crash")).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "uncertain" });
  });

  it("go on where they stopped when a process ended between two pieces", async () => {
    await say(target, "o-half", "转人工");
    await drain();
    const id = await reply("o-half", `${"一".repeat(600)}。${"二".repeat(600)}。`);
    await api.desk.db.update(messages).set({ deliveryStep: 2 }).where(eq(messages.id, id));
    stub.sent.length = 0;
    await drain();
    expect(sentTo("o-half")).toEqual([`${"二".repeat(600)}。`]);
    expect(await stateOf(id)).toMatchObject({ delivery: "sent" });
  });
});

it("the bot's answer goes out in words, without the marks of its headings and tables", async () => {
  const answer = "## 退货\n**七天**内可以退。\n\n| 情况 | 运费 |\n| --- | --- |\n| 质量问题 | 我们出 |";
  const entry = entryInput.parse({ question: "收到货多久能退", answer, status: "published" });
  await createEntry(systemContext(api.desk, wechat.merchantId), entry);
  await say(target, "o-marks", "收到货多久能退");
  await drain();
  expect(JSON.stringify(sentTo("o-marks"))).toContain("退货\\n\\n七天内可以退。\\n\\n情况 · 运费\\n质量问题 · 我们出");
});

describe("replies in the answer to WeChat", () => {
  it("come back encrypted within the window, count as sent, and are the same for a retry", async () => {
    await wechat.configure({ passiveWindow: 4 });
    const worker = await startWorker();
    try {
      const fields = { MsgType: "text", Content: "你好" };
      let number = 5_500;
      const ask = (openId: string) => push(target, openId, { ...fields, MsgId: String(number) });
      const { openId, outcome: first } = await wechat.untilReplied((customer) => {
        number += 1;
        return ask(customer);
      });
      expect(first).toMatchObject({ kind: "replied", tries: 1 });
      expect(await ask(openId)).toEqual(first);
      expect(sentTo(openId)).toEqual([]);
      const answers = async () => (await wechat.ofCustomer(openId)).filter((row) => row.authorKind === "bot");
      await expect.poll(async () => (await answers()).map(({ delivery }) => delivery)).toEqual(["sent"]);
    } finally {
      await worker.stop();
    }
  }, 180_000);

  it("become success in time and go by the API when they are late", async () => {
    await wechat.configure({ passiveWindow: 0.2 });
    expect(await say(target, "o-late", "你好")).toEqual({ kind: "accepted", tries: 1 });
    await drain();
    expect(sentTo("o-late")).toHaveLength(1);
  });

  it("use all three tries where the account has no other way", async () => {
    await wechat.configure({ passiveWindow: 4, passiveOnly: true });
    const slotOf = async (openId: string) => {
      const where = eq(passiveReplies.externalUserId, openId);
      return (await api.desk.db.select().from(passiveReplies).where(where))[0];
    };
    const { openId, outcome } = await wechat.untilReplied(async (customer) => {
      const asked = say({ ...target, patienceMs: 1_000 }, customer, "你好");
      await vi.waitUntil(async () => (await slotOf(customer))?.attempts === 3, 60_000);
      await runDueJobs();
      return asked;
    });
    expect(outcome).toMatchObject({ kind: "replied", tries: 3 });
    expect(sentTo(openId)).toEqual([]);
  }, 180_000);

  it("go by the API, once, when the request that they took never came back", async () => {
    await say(target, "o-lost", "转人工");
    await drain();
    stub.sent.length = 0;
    await say(target, "o-lost", "还在吗");
    await drain();
    const [delivery] = await api.desk.db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .orderBy(desc(webhookDeliveries.createdAt));
    const deliveryId = delivery?.id ?? "";
    const expiresAt = new Date(Date.now() + 20_000);
    await api.desk.db
      .insert(passiveReplies)
      .values({ deliveryId, channelId: wechat.channelId, externalUserId: "o-lost", expiresAt });
    const id = await reply("o-lost", "在的");
    await drain();
    expect(sentTo("o-lost")).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ delivery: "queued" });
    await api.desk.db
      .update(passiveReplies)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(passiveReplies.deliveryId, deliveryId));
    await wechat.hurry();
    await drain();
    expect(sentTo("o-lost")).toEqual(["在的"]);
    expect(await stateOf(id)).toMatchObject({ delivery: "sent" });
  });
});
