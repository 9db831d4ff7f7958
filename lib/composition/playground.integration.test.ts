import { afterAll, beforeAll, expect, it } from "vitest";
import { tryBotOperation } from "@/lib/bot/playground-operations";
import { searchKnowledgeOperation } from "@/lib/knowledge/operations";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";

let api: ApiFixture;

beforeAll(async () => {
  api = await createApiFixture();
});
afterAll(() => api.end());

/** A shop with one entry for everyone, one for signed-in customers, one for its own channel alone. */
async function shop() {
  const { merchantId, channelId } = await api.desk.merchant();
  const { as } = await api.signedIn(merchantId, "supervisor");
  const context = systemContext(api.desk, merchantId);
  const entries = [
    { question: "怎么查快递", answer: "在订单里看物流。" },
    { question: "会员积分怎么兑换", answer: "在会员中心兑换。", audience: "customers" },
    { question: "门店自提怎么取货", answer: "凭取货码到店。", channelIds: [channelId] },
  ];
  for (const entry of entries) {
    await createEntry(context, entryInput.parse({ ...entry, status: "published" }));
  }
  const tried = async (text: string, options: object) => {
    const response = await api.call(tryBotOperation, { as, body: { says: [text], ...options } });
    return JSON.stringify(((await response.json()) as { replies: unknown }).replies);
  };
  const found = async (q: string, options: Record<string, string>) => {
    const response = await api.call(searchKnowledgeOperation, { as, query: { q, ...options } });
    return ((await response.json()) as { items: { answer: string }[] }).items.map(({ answer }) => answer);
  };
  return { channelId, tried, found };
}

it("the playground and the test box tell what the chosen customer would be told on the chosen channel", async () => {
  const { channelId, tried, found } = await shop();
  expect(await tried("会员积分怎么兑换", {})).not.toContain("会员中心兑换");
  expect(await tried("会员积分怎么兑换", { signedIn: true })).toContain("会员中心兑换");
  expect(await tried("门店自提怎么取货", {})).not.toContain("凭取货码到店");
  expect(await tried("门店自提怎么取货", { channelId })).toContain("凭取货码到店");
  expect(await found("门店自提怎么取货", { as: "everyone" })).not.toContain("凭取货码到店。");
  expect(await found("门店自提怎么取货", { as: "everyone", channel: channelId })).toContain("凭取货码到店。");
  expect(await found("会员积分怎么兑换", { as: "everyone", channel: channelId })).not.toContain("在会员中心兑换。");
  expect(await found("会员积分怎么兑换", { as: "customers", channel: channelId })).toContain("在会员中心兑换。");
});
