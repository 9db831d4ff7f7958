import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { type PlatformStub, startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { account, WechatFixture } from "@/lib/testing/wechat-fixture";
import { startWorker } from "./worker";

const SEND = "/cgi-bin/message/custom/send";
const CUSTOMERS = 8;
/** How many of a process's eight workers may wait for one platform. */
const MOST = 6;

let wechat: WechatFixture;
/** Where the other channel's replies go. */
let elsewhere: PlatformStub;

beforeAll(async () => {
  // Nothing but the test ends the silence.
  vi.stubEnv("CHANNEL_TIMEOUT_MS", "60000");
  elsewhere = await startPlatformStub(account);
  wechat = await WechatFixture.create([new URL(elsewhere.url).host]);
});

afterAll(async () => {
  await wechat.end();
  await elsewhere.stop();
});

describe("a platform that is silent", () => {
  it("says nothing at all to as many replies as there are workers: other channels' go out, and these when it is over", async () => {
    const mini = await wechat.addChannel("wechat-mini");
    await wechat.configure({ apiBase: elsewhere.url }, mini);
    const customers = Array.from({ length: CUSTOMERS }, (_, index) => `o-mute-${index}`);
    for (const customer of customers) {
      await wechat.say(customer, "转人工");
    }
    await say({ ...wechat.target(mini), ledger: elsewhere.ledger }, "o-other", "转人工");
    await wechat.finish();
    wechat.stub.sent.length = 0;
    const silence = Promise.withResolvers<"cut">();
    wechat.stub.trouble(SEND, ...customers.map(() => ({ held: silence.promise })));
    const calls = () => wechat.stub.calls.filter((path) => path === SEND).length;
    const before = calls();
    const worker = await startWorker();
    try {
      for (const customer of customers) {
        expect((await wechat.tryReply(customer, `给 ${customer}`)).status).toBe(201);
      }
      await vi.waitUntil(() => calls() > before, 60_000);
      expect((await wechat.tryReply("o-other", "别的渠道")).status).toBe(201);
      // The places that are left are for other channels.
      const others = () => elsewhere.sent.map(({ touser, text }) => `${touser} ${text}`);
      await vi.waitUntil(() => others().includes("o-other 别的渠道"), 60_000);
      expect(calls()).toBeLessThanOrEqual(before + MOST);
    } finally {
      silence.resolve("cut");
      await worker.stop();
    }
    await wechat.finish();
    for (const customer of customers) {
      expect(wechat.sentTo(customer)).toEqual([`给 ${customer}`]);
    }
  }, 180_000);
});
