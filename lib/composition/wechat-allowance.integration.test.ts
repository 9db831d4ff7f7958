import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { getReplyAllowanceOperation } from "@/lib/conversations/reply-window-operations";
import { WechatFixture } from "@/lib/testing/wechat-fixture";

const SEND = "/cgi-bin/message/custom/send";
const HOUR_MS = 3_600_000;

let wechat: WechatFixture;

beforeAll(async () => {
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

interface Allowance {
  readonly state: string;
  readonly remaining: number | null;
  readonly until: string | null;
}

async function allowanceOf(openId: string): Promise<Allowance> {
  const params = { id: await wechat.conversationOf(openId) };
  const response = await wechat.api.call(getReplyAllowanceOperation, { as: wechat.agent, params });
  return ((await response.json()) as { allowance: Allowance }).allowance;
}

/** As if the customer's last act had been that long ago. */
const later = (milliseconds: number) =>
  rowsOf(wechat.api.desk.db, sql`update reply_windows set until = until - ${milliseconds} * interval '1 millisecond'`);

describe("what WeChat still lets us send", () => {
  it("is counted down with each reply, known before sending, and full again when the customer writes", async () => {
    await wechat.say("o-count", "转人工");
    // The bot's word that somebody comes is one of the five.
    const sent = wechat.sentTo("o-count").length;
    const first = await allowanceOf("o-count");
    expect(first).toMatchObject({ state: "open", remaining: 5 - sent });
    expect(Date.parse(first.until ?? "") - Date.now()).toBeGreaterThan(47 * HOUR_MS);
    for (let left = first.remaining ?? 0; left > 0; left -= 1) {
      await wechat.reply("o-count", `还剩 ${left}`);
    }
    expect(await allowanceOf("o-count")).toMatchObject({ state: "limit_reached", remaining: 0 });
    const refused = await wechat.tryReply("o-count", "多一条");
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ reason: "reply_limit_reached" });
    expect(wechat.sentTo("o-count")).toHaveLength(5);
    await wechat.say("o-count", "还在吗", { CreateTime: String(Math.floor(Date.now() / 1000) + 2) });
    expect(await allowanceOf("o-count")).toMatchObject({ state: "open", remaining: 5 });
  });

  it("ends 48 hours after the customer's last words, and when they leave", async () => {
    await wechat.say("o-gone", "转人工");
    await later(48 * HOUR_MS);
    expect(await allowanceOf("o-gone")).toMatchObject({ state: "window_closed", remaining: 0 });
    expect(await (await wechat.tryReply("o-gone", "在吗")).json()).toMatchObject({ reason: "reply_window_closed" });
    await wechat.say("o-left", "转人工");
    await wechat.act("o-left", "unsubscribe", { CreateTime: String(Math.floor(Date.now() / 1000) + 1) });
    expect(await allowanceOf("o-left")).toMatchObject({ state: "window_closed" });
  });

  it("is three messages in a minute after a tap in the menu", async () => {
    await wechat.act("o-menu", "CLICK", { EventKey: "V1" });
    expect(await allowanceOf("o-menu")).toMatchObject({ state: "open", remaining: 3 });
    await later(60_000);
    expect(await allowanceOf("o-menu")).toMatchObject({ state: "window_closed" });
  });

  it("is what the platform says, where it counts otherwise", async () => {
    await wechat.say("o-other", "转人工");
    wechat.stub.trouble(SEND, { errcode: 45047 });
    expect(await wechat.stateOf(await wechat.reply("o-other", "好的"))).toMatchObject({ delivery: "failed" });
    expect(await allowanceOf("o-other")).toMatchObject({ state: "limit_reached" });
  });

  it("is not changed by a message that is read late or twice", async () => {
    const CreateTime = String(Math.floor(Date.now() / 1000));
    await wechat.say("o-late", "转人工", { CreateTime });
    const { remaining } = await allowanceOf("o-late");
    await wechat.reply("o-late", "好的");
    await wechat.say("o-late", "更早写的", { CreateTime: String(Number(CreateTime) - 30) });
    expect(await allowanceOf("o-late")).toMatchObject({ remaining: (remaining ?? 0) - 1 });
  });
});
