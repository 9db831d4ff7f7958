import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conversations, ratings } from "@/db/schema/conversations";
import { claimConversation, postReply } from "@/lib/conversations/agent-service";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { getEntry } from "@/lib/knowledge/queries";
import { updateEntry } from "@/lib/knowledge/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { acceptSuggestion, dismissSuggestion, learnFromConversation, listSuggestions } from "./suggestion-service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
});

const ANSWER = "可以的，线下门店支持花呗付款，满 100 元能分三期。";
const words = (text: string) => ({ clientId: newId("client"), parts: [{ type: "text" as const, text }] });

/** A conversation in which an agent answered, ended and rated. */
async function talked(question: string, answer: string, stars: number | null) {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, words(question));
  const { id } = conversation;
  await claimConversation(agent, id);
  await postReply(agent, id, { ...words(answer), visibility: "public" });
  await desk.db.update(conversations).set({ status: "resolved" }).where(eq(conversations.id, id));
  if (stars !== null) {
    const { merchantId } = shop;
    const { customerId } = visitor.actor;
    await desk.db.insert(ratings).values({ id: newId("rating"), conversationId: id, merchantId, customerId, stars });
  }
  const learn = () =>
    learnFromConversation(systemContext(desk, shop.merchantId), { conversationId: id, merchantId: shop.merchantId });
  await learn();
  return { id, learn };
}

describe("agents' answers, offered as entries", () => {
  it("are those that a customer praised, with the conversation they come from", async () => {
    const { id } = await talked("门店能用花呗吗", ANSWER, 5);
    await talked("发票能开专票吗", "专票可以开的，需要营业执照和开户信息。", 2);
    expect(await listSuggestions(agent, 10)).toMatchObject([
      { question: "门店能用花呗吗", answer: ANSWER, stars: 5, uses: 1, conversationId: id },
    ]);
  });

  it("are those that were said in two conversations, each counted once", async () => {
    const { learn } = await talked("门店能用花呗吗", ANSWER, null);
    await learn();
    expect(await listSuggestions(agent, 10)).toEqual([]);
    await talked("线下可以用花呗支付吗？", `${ANSWER} `, null);
    expect(await listSuggestions(agent, 10)).toMatchObject([{ uses: 2, stars: null }]);
  });

  it("count what another colleague said in other words, and keep apart what says otherwise", async () => {
    await talked("门店能用花呗吗", ANSWER, null);
    await talked("线下可以用花呗支付吗？", "门店可以用花呗支付的哦，满100元可以分3期~", null);
    await talked("门店可以用花呗付款吗", "门店暂时不支持花呗付款，只能用微信和支付宝。", 5);
    const offered = await listSuggestions(agent, 10);
    expect(offered.map(({ answer, uses }) => [answer, uses])).toEqual([
      [ANSWER, 2],
      ["门店暂时不支持花呗付款，只能用微信和支付宝。", 1],
    ]);
  });

  it("become drafts, once, and leave the list", async () => {
    await talked("门店能用花呗吗", ANSWER, 5);
    const [offered] = await listSuggestions(agent, 10);
    const both = await Promise.allSettled([1, 2].map(() => acceptSuggestion(agent, offered?.id ?? "")));
    const made = both.flatMap((each) => (each.status === "fulfilled" ? [each.value.entryId] : []));
    expect(made).toHaveLength(1);
    const entryId = made[0] ?? "";
    expect(await getEntry(agent, entryId)).toMatchObject({
      question: "门店能用花呗吗",
      answer: ANSWER,
      status: "draft",
    });
    expect(await listSuggestions(agent, 10)).toEqual([]);
    await updateEntry(agent, entryId, { status: "published" });
    await talked("门店能用花呗吗", `${ANSWER}没有手续费。`, 5);
    expect(await listSuggestions(agent, 10), "an entry answers it").toEqual([]);
  });

  it("stay off the list once they were dismissed, and are one merchant's own", async () => {
    await talked("门店能用花呗吗", ANSWER, 5);
    const [offered] = await listSuggestions(agent, 10);
    const other = await desk.agent((await desk.merchant()).merchantId, "admin");
    expect(await listSuggestions(other, 10)).toEqual([]);
    await expect(acceptSuggestion(other, offered?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    await dismissSuggestion(agent, offered?.id ?? "");
    await talked("门店能用花呗吗", ANSWER, 5);
    expect(await listSuggestions(agent, 10)).toEqual([]);
  });
});
