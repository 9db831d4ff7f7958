import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

const SEND = "/cgi-bin/message/custom/send";
const CUSTOMERS = 8;

let wechat: WechatFixture;

beforeAll(async () => {
  // Four times that for a reply that WeChat would not recognise as repeated: each of these is waited for to the end.
  vi.stubEnv("CHANNEL_TIMEOUT_MS", "600");
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

describe("a platform that is silent", () => {
  it("says nothing at all to as many replies as there are workers: other channels' go out, and these when it is over", async () => {
    const mini = await wechat.addChannel("wechat-mini");
    const customers = Array.from({ length: CUSTOMERS }, (_, index) => `o-mute-${index}`);
    for (const customer of customers) {
      await wechat.say(customer, "转人工");
    }
    await say(wechat.target(mini), "o-other", "转人工");
    await runDueJobs();
    wechat.stub.sent.length = 0;
    wechat.stub.trouble(SEND, ...customers.map(() => "silence" as const));
    const calls = () => wechat.stub.calls.filter((path) => path === SEND).length;
    const before = calls();
    for (const customer of customers) {
      expect((await wechat.tryReply(customer, `给 ${customer}`)).status).toBe(201);
    }
    // A job that is due a moment later is taken by a later round.
    const rounds = [runDueJobs()];
    await vi.waitUntil(
      () => {
        rounds.push(runDueJobs());
        return calls() >= before + 6;
      },
      { timeout: 20_000, interval: 300 },
    );
    // The places that are left are for other channels.
    expect(calls()).toBe(before + 6);
    await wechat.tryReply("o-other", "别的渠道");
    await runDueJobs();
    await Promise.all(rounds);
    await vi.waitUntil(
      async () => {
        await wechat.hurry();
        await runDueJobs();
        return customers.every((customer) => wechat.sentTo(customer).includes(`给 ${customer}`));
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(wechat.sentTo("o-other")).toContain("别的渠道");
    for (const customer of customers) {
      expect(wechat.sentTo(customer).filter((text) => text === `给 ${customer}`)).toHaveLength(1);
    }
  }, 120_000);
});
