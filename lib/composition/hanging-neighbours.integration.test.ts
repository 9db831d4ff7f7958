import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PIXEL } from "@/lib/testing/pixel";
import { push, say } from "@/lib/testing/stubs/wechat/follower";
import { ANSWER, QUESTION, startWechatWithModel, type WechatWithModel } from "@/lib/testing/wechat-model";
import { startWorker } from "./worker";

const MEDIA = "/cgi-bin/media/get";
/** More than a process has workers. */
const MANY = 12;
/** How many of its eight may wait for one place. */
const MOST = 6;

let fixture: WechatWithModel;
/** A channel of another merchant. */
let neighbour: string;

beforeAll(async () => {
  // What hangs is let go by the test, or by the limit of the model; nothing else ends it.
  vi.stubEnv("CHANNEL_TIMEOUT_MS", "60000");
  fixture = await startWechatWithModel(6_000);
  const { merchantId } = await fixture.wechat.api.desk.merchant();
  neighbour = await fixture.wechat.addChannel("wechat", undefined, merchantId);
});

afterAll(() => fixture.end());

const customers = (name: string) => Array.from({ length: MANY }, (_, index) => `o-${name}-${index}`);
const isAnswered = (customer: string) => fixture.wechat.sentTo(customer).length > 0;

describe("while something of one merchant's hangs, another merchant's customer is answered", () => {
  it("a platform that gives no file: it holds six of eight workers, the words of others are read, and each file comes in the end", async () => {
    const { wechat, model } = fixture;
    model.behave({ kind: "answer", words: ["好的[1]"] });
    const own = customers("file");
    const hold = Promise.withResolvers<void>();
    wechat.stub.trouble(MEDIA, ...own.map(() => ({ held: hold.promise })));
    for (const [index, customer] of own.entries()) {
      const MediaId = wechat.stub.addMedia(PIXEL, "image/png");
      await push(wechat.target(), customer, { MsgType: "image", PicUrl: "x", MediaId, MsgId: `660${index}` });
    }
    const worker = await startWorker();
    try {
      const asked = () => wechat.stub.calls.filter((path) => path === MEDIA).length;
      await vi.waitUntil(() => asked() > 0, 30_000);
      await say(wechat.target(neighbour), "o-next-door", "你好");
      await vi.waitUntil(() => isAnswered("o-next-door"), 30_000);
      // Words of the same channel need no file.
      await say(wechat.target(), "o-only-words", "转人工");
      await vi.waitUntil(async () => (await wechat.said("o-only-words")).length === 1, 30_000);
      expect(asked()).toBeLessThanOrEqual(MOST);
      hold.resolve();
      for (const customer of own) {
        await vi.waitUntil(async () => (await wechat.ofCustomer(customer)).length > 0, { timeout: 90_000 });
        const [message] = await wechat.ofCustomer(customer);
        expect(message?.parts).toMatchObject([{ type: "image" }]);
      }
    } finally {
      hold.resolve();
      await worker.stop();
    }
  }, 180_000);

  it("a model that says nothing: it holds six of eight workers, and its own merchant's customers get the entry's words", async () => {
    const { wechat, model } = fixture;
    model.behave({ kind: "silent" });
    const own = customers("model");
    for (const customer of own) {
      await say(wechat.target(), customer, QUESTION);
    }
    const worker = await startWorker();
    try {
      const before = model.requests.length;
      await vi.waitUntil(() => model.requests.length > before, 30_000);
      await say(wechat.target(neighbour), "o-next-to-model", "你好");
      await vi.waitUntil(() => isAnswered("o-next-to-model"), 30_000);
      for (const customer of own) {
        await vi.waitUntil(() => isAnswered(customer), 60_000);
        expect(wechat.sentTo(customer).join("")).toContain(ANSWER);
        expect(wechat.sentTo(customer)).toHaveLength(1);
      }
      expect(model.mostAtOnce).toBeGreaterThan(1);
      expect(model.mostAtOnce).toBeLessThanOrEqual(MOST);
    } finally {
      await worker.stop();
    }
  }, 180_000);
});
