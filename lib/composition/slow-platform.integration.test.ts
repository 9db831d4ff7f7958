import { afterAll, beforeAll, it, vi } from "vitest";
import { expectSlowSendIsBorne } from "@/lib/testing/slow-platform";
import { WechatFixture } from "@/lib/testing/wechat-fixture";

let wechat: WechatFixture;

beforeAll(async () => {
  // The limit, and four times that for a reply that WeChat would not recognise as repeated.
  vi.stubEnv("CHANNEL_TIMEOUT_MS", "1500");
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

it(
  "a slow platform takes a reply three times the limit late: it arrives once, is told as sent, and nobody else waits for it",
  () => expectSlowSendIsBorne(wechat, 4_500),
  180_000,
);
