import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { channels, passiveReplies } from "@/db/schema/channels";
import { getChannelOperation } from "@/lib/channels/operations";
import { getReplyAllowanceOperation, retryRepliesOperation } from "@/lib/conversations/reply-window-operations";
import type { Credentials } from "@/lib/testing/api-fixture";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs, startWorker } from "./worker";

const SEND = "/cgi-bin/message/custom/send";

let wechat: WechatFixture;
let admin: Credentials;

beforeAll(async () => {
  wechat = await WechatFixture.create();
  admin = (await wechat.api.signedIn(wechat.merchantId, "admin")).as;
});

afterAll(() => wechat.end());

const channel = async () => {
  const params = { id: wechat.channelId };
  const response = await wechat.api.call(getChannelOperation, { as: admin, params });
  return (await response.json()) as { repliesRefusedSince: string | null };
};

describe("an account that may not send customer service messages (48001)", () => {
  it("is found out by the first refusal: remembered, told on the channel's page, and the reply waits", async () => {
    await wechat.say("o-barred", "转人工");
    expect(await channel()).toMatchObject({ repliesRefusedSince: null });
    wechat.stub.trouble(SEND, { errcode: 48001 });
    const id = await wechat.reply("o-barred", "您好，我是小林");
    expect(await wechat.stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "awaits_customer" });
    expect((await channel()).repliesRefusedSince).not.toBeNull();
    const params = { id: await wechat.conversationOf("o-barred") };
    const told = await wechat.api.call(getReplyAllowanceOperation, { as: wechat.agent, params });
    expect(await told.json()).toMatchObject({ allowance: { state: "passive_only" } });
  });

  it("delivers what waited in the answer to the customer's next words, without a call of the API", async () => {
    const calls = wechat.stub.calls.filter((path) => path === SEND).length;
    const worker = await startWorker();
    try {
      expect(await say(wechat.target(), "o-barred", "在吗")).toMatchObject({ kind: "replied", text: "您好，我是小林" });
    } finally {
      await worker.stop();
    }
    await runDueJobs();
    const replies = (await wechat.ofCustomer("o-barred")).filter((row) => row.authorKind === "agent");
    expect(replies.map((row) => row.delivery)).toEqual(["sent"]);
    expect(wechat.stub.calls.filter((path) => path === SEND)).toHaveLength(calls);
  });

  it("answers by the bot over all three tries, though no waiting was set up", async () => {
    const { outcome } = await wechat.untilReplied(async (openId) => {
      const asked = say({ ...wechat.target(), patienceMs: 1_000 }, openId, "你好");
      await vi.waitUntil(async () => (await attempts(openId)) === 3, 60_000);
      await runDueJobs();
      return asked;
    });
    expect(outcome).toMatchObject({ kind: "replied", tries: 3 });
  }, 180_000);

  it("sends by the API again when somebody says so, and switches back by itself when it is refused once more", async () => {
    const id = await wechat.reply("o-barred", "还有别的问题吗");
    expect(await wechat.stateOf(id)).toMatchObject({ deliveryError: "awaits_customer" });
    const retry = () => wechat.api.call(retryRepliesOperation, { as: admin, params: { id: wechat.channelId } });
    wechat.stub.trouble(SEND, { errcode: 48001 });
    expect((await retry()).status).toBe(200);
    await runDueJobs();
    expect(await wechat.stateOf(id)).toMatchObject({ deliveryError: "awaits_customer" });
    expect((await channel()).repliesRefusedSince).not.toBeNull();
    await retry();
    await runDueJobs();
    expect(await wechat.stateOf(id)).toMatchObject({ delivery: "sent" });
    const [row] = await wechat.api.desk.db.select().from(channels).where(eq(channels.id, wechat.channelId));
    expect(row?.passiveSince).toBeNull();
  });
});

async function attempts(openId: string): Promise<number> {
  const { db } = wechat.api.desk;
  const [slot] = await db.select().from(passiveReplies).where(eq(passiveReplies.externalUserId, openId));
  return slot?.attempts ?? 0;
}
