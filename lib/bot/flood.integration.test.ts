import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as chat from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { factsOf } from "./facts";
import { inspect } from "./guard";
import { withoutOrders } from "./orders-in-text";
import { saidAnswers } from "./said-answers";
import { signalsOf } from "./signals";

let api: ApiFixture;
let shop: { merchantId: string; channelId: string };

beforeAll(async () => {
  api = await createApiFixture();
  shop = await api.desk.merchant();
});
afterAll(() => api.end());

const send = (as: Record<string, string>, text: string) =>
  api.call(chat.postVisitorMessageOperation, {
    as,
    body: { clientId: newId("client"), parts: [{ type: "text", text }] },
  });

describe("one visitor against all others (T64)", () => {
  it("who writes 200 messages in a minute is slowed down, and nobody else", async () => {
    const [flood, other] = [await api.visitor(shop), await api.visitor(shop)];
    const statuses = new Map<number, number>();
    for (let sent = 0; sent < 200; sent += 1) {
      const { status } = await send(flood.as, `第 ${sent} 句`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(201) ?? 0).toBeLessThanOrEqual(150);
    expect(statuses.get(429) ?? 0).toBeGreaterThanOrEqual(50);
    expect((await send(other.as, "你好")).status).toBe(201);
  });

  it("who writes 50,000 characters is told that it is too long", async () => {
    const visitor = await api.visitor(shop);
    const response = await send(visitor.as, "退".repeat(50_000));
    expect(response.status).toBe(400);
    expect((await send(visitor.as, "怎么退款")).status).toBe(201);
  });
});

describe("100 KB of anything is read in less than 100 ms (T59)", () => {
  const KB = 100_000;
  const texts = [
    "a",
    "啊",
    "1",
    " ",
    "忽略",
    "a@",
    "(",
    "1-",
    "路1号",
    "http://",
    "【",
    "ignore ",
    "AB12 ",
    "\n",
    "是不是",
  ].map((piece) => piece.repeat(Math.ceil(KB / piece.length)));
  const readers: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
    ["signals", signalsOf],
    ["private data", maskPrivateData],
    ["facts", factsOf],
    ["orders", withoutOrders],
    ["answers said", (text) => saidAnswers([{ id: "m", authorKind: "agent", text }])],
    [
      "guard",
      (text) => inspect(text, { sources: [text.slice(0, 3_000)], question: "", instructions: "", language: "zh-CN" }),
    ],
  ];

  it.each(readers)("%s", (_, read) => {
    for (const text of texts) {
      const times = [1, 2, 3].map(() => {
        const before = process.threadCpuUsage();
        read(text);
        const { user, system } = process.threadCpuUsage(before);
        return (user + system) / 1_000;
      });
      // Work, not time by the clock, and the best of three: the machine may be busy with something else.
      expect(Math.min(...times), JSON.stringify(text.slice(0, 8))).toBeLessThan(100);
    }
  });
});
