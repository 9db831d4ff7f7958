import { afterAll, beforeAll, it } from "vitest";
import { expectSlowSendIsBorne } from "@/lib/testing/slow-platform";
import { WechatFixture } from "@/lib/testing/wechat-fixture";

let wechat: WechatFixture;

beforeAll(async () => {
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

it(
  "WeChat that takes thirty seconds for a reply: it arrives once, is told as sent, and nobody else waits for it",
  () => expectSlowSendIsBorne(wechat, 30_000),
  120_000,
);
