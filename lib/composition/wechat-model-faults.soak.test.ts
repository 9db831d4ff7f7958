import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { QUESTION, startWechatWithModel, type WechatWithModel } from "@/lib/testing/wechat-model";
import { startWorker } from "./worker";

let fixture: WechatWithModel;

beforeAll(async () => {
  fixture = await startWechatWithModel();
});

afterAll(() => fixture.end());

it("a model that hangs for good: with the limits that everybody has, a WeChat customer is answered within 10 s (T27)", async () => {
  const { wechat, model } = fixture;
  model.behave({ kind: "silent" });
  const worker = await startWorker();
  const began = performance.now();
  expect(await say(wechat.target(), "o-hangs", QUESTION)).toEqual({ kind: "accepted", tries: 1 });
  await vi.waitUntil(() => wechat.sentTo("o-hangs").length > 0, 60_000);
  expect(performance.now() - began).toBeLessThan(10_000);
  await worker.stop();
}, 90_000);
