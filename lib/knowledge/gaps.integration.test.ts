import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { gapWordings, topGaps } from "./gap-queries";
import { beginAnswer, closeAnsweredEverywhere, dismissGap, recordGap } from "./gap-service";
import { entryInput } from "./schema";
import { createEntry, updateEntry } from "./service";

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

async function ask(...questions: readonly string[]): Promise<void> {
  const visitor = await createVisitor(desk, shop);
  for (const question of questions) {
    await recordGap(visitor, { question, conversationId: "cnv_none" });
  }
}

const write = (question: string, status: "draft" | "published") =>
  createEntry(agent, entryInput.parse({ question, answer: "可以的。", status }));

describe("questions without an answer", () => {
  it("count together when they ask the same, in other words and in the other language", async () => {
    await ask("支持花呗支付吗？", "能用花呗付款吗", "可不可以用花呗付钱", "能用花呗付款吗！", "你们有线下门店吗");
    expect(await topGaps(agent, 10)).toMatchObject([
      {
        question: "能用花呗付款吗",
        count: 4,
        examples: expect.arrayContaining(["支持花呗支付吗？", "可不可以用花呗付钱"]),
      },
      { question: "你们有线下门店吗", count: 1, examples: [], entryId: null },
    ]);
    await ask("怎么退款", "how do I get a refund");
    expect((await topGaps(agent, 10)).find(({ question }) => /退款|refund/u.test(question))?.count).toBe(2);
  });

  it("are dismissed together, also what joins them later", async () => {
    await ask("支持花呗支付吗？", "能用花呗付款吗");
    const [gap] = await topGaps(agent, 10);
    await dismissGap(agent, gap?.id ?? "");
    await ask("可不可以用花呗付钱");
    expect(await topGaps(agent, 10)).toEqual([]);
  });

  it("leave the list when the entry that was begun for them is published", async () => {
    await ask("支持花呗支付吗？", "能用花呗付款吗");
    const [gap] = await topGaps(agent, 10);
    const entry = await write("分期与支付方式一览", "draft");
    await beginAnswer(agent, gap?.id ?? "", entry.id);
    expect(await topGaps(agent, 10)).toMatchObject([{ entryId: entry.id, count: 2 }]);
    expect(await gapWordings(agent, gap?.id ?? "")).toHaveLength(2);
    await updateEntry(agent, entry.id, { status: "published" });
    expect(await topGaps(agent, 10)).toEqual([]);
  });

  it("are closed within a minute when any published entry answers them, and open again when it did not after all", async () => {
    await ask("支持花呗支付吗？", "你们有线下门店吗");
    await write("支持花呗支付吗？", "published");
    await closeAnsweredEverywhere(systemContext(desk, shop.merchantId));
    expect(await topGaps(agent, 10)).toMatchObject([{ question: "你们有线下门店吗" }]);
    await ask("能用花呗付款吗");
    expect(await topGaps(agent, 10)).toContainEqual(expect.objectContaining({ count: 2, entryId: null }));
  });

  it("belong to one merchant", async () => {
    await ask("支持花呗支付吗？");
    const other = await desk.agent((await desk.merchant()).merchantId, "admin");
    const [gap] = await topGaps(agent, 10);
    expect(await topGaps(other, 10)).toEqual([]);
    const refused = { code: "not_found" };
    await expect(dismissGap(other, gap?.id ?? "")).rejects.toMatchObject(refused);
    const entry = await write("别家的", "draft");
    await expect(beginAnswer(other, gap?.id ?? "", entry.id)).rejects.toMatchObject(refused);
  });
});
