import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { botRuns, botTurns } from "@/db/schema/bot";
import { messages } from "@/db/schema/conversations";
import { knowledgeChanges, knowledgeEntries } from "@/db/schema/knowledge";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry, deleteEntry, updateEntry } from "@/lib/knowledge/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { answerVisitor } from "./answer";
import { createCase, deleteCase, getRun, listCases, listRuns, runCases, runOutdated, updateCase } from "./case-service";
import { getQuality } from "./quality-queries";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let entryId: string;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
  const entry = await createEntry(
    agent,
    entryInput.parse({
      question: "怎么退款？",
      variants: ["我要退款"],
      answer: "点「申请退款」。",
      status: "published",
    }),
  );
  entryId = entry.id;
});

async function twoCases(): Promise<void> {
  await createCase(agent, { says: ["怎么退款？"], expected: { entryId, contains: "申请退款" }, note: "" });
  await createCase(agent, { says: ["你好", "量子纠缠"], expected: { kind: "handoff_offer" }, note: "" });
}

/** As if the last change was a minute ago. */
async function becomeQuiet(): Promise<void> {
  const { merchantId } = shop;
  const ago = sql`now() - interval '1 minute'`;
  await desk.db.update(knowledgeEntries).set({ updatedAt: ago }).where(eq(knowledgeEntries.merchantId, merchantId));
  await desk.db.update(knowledgeChanges).set({ changedAt: ago }).where(eq(knowledgeChanges.merchantId, merchantId));
}

describe("regression cases", () => {
  it("are asked as customers ask, store no message, and say what broke and what was mended", async () => {
    await twoCases();
    const first = await runCases(agent, "manual");
    expect(first).toMatchObject({ total: 2, passed: 2, failed: [], changes: [] });
    await updateEntry(agent, entryId, { answer: "请联系客服。" });
    const second = await runCases(agent, "manual");
    expect(second.changes.map(({ change, says }) => [change, says])).toEqual([["broke", ["怎么退款？"]]]);
    expect(second.failed[0]).toMatchObject({ entryId, text: "请联系客服。" });
    await updateEntry(agent, entryId, { answer: "点「申请退款」，很快。" });
    expect((await runCases(agent, "manual")).changes.map(({ change }) => change)).toEqual(["mended"]);
    expect((await getRun(agent, second.id)).changes).toEqual(second.changes);
    expect(await listRuns(agent)).toHaveLength(3);
    expect(await desk.db.select().from(messages).where(eq(messages.merchantId, shop.merchantId))).toEqual([]);
  });

  it("run by themselves once after a publication, when it is quiet again", async () => {
    await twoCases();
    const system = systemContext(desk, shop.merchantId);
    await runOutdated(system);
    expect(await listRuns(agent)).toEqual([]);
    await becomeQuiet();
    await runOutdated(system);
    await runOutdated(system);
    expect((await listRuns(agent)).map(({ cause, passed }) => [cause, passed])).toEqual([["publish", 2]]);
  });

  it("run by themselves when an entry was deleted, which leaves nothing behind that changed", async () => {
    await twoCases();
    await runCases(agent, "manual");
    await deleteEntry(agent, entryId);
    await becomeQuiet();
    await desk.db.update(botRuns).set({ createdAt: sql`now() - interval '2 minutes'` });
    await runOutdated(systemContext(desk, shop.merchantId));
    expect((await listRuns(agent)).map(({ cause, passed }) => [cause, passed])).toEqual([
      ["publish", 1],
      ["manual", 2],
    ]);
  });

  it("tell what was offered where the bot asked back: the question alone would read the same", async () => {
    for (const question of ["怎么换货？", "怎么换货到别的尺码？", "换货运费谁出？"]) {
      await createEntry(agent, entryInput.parse({ question, answer: `${question}的答案`, status: "published" }));
    }
    await createCase(agent, { says: ["换货运费和尺码"], expected: { kind: "answer" }, note: "" });
    const { failed } = await runCases(agent, "manual");
    expect(failed).toMatchObject([{ kind: "choices", text: expect.stringContaining("换货运费谁出？") }]);
  });

  it("are changed in place: what is left out stays, and another question is not said to be broken", async () => {
    await twoCases();
    await runCases(agent, "manual");
    const [first] = await listCases(agent);
    const id = first?.id ?? "";
    await updateCase(agent, id, { says: ["你好", "我要退款"], version: first?.version });
    await expect(updateCase(agent, id, { note: "晚了一步", version: first?.version })).rejects.toMatchObject({
      reason: "stale_version",
    });
    await expect(updateCase(agent, id, { expected: { entryId: "kbe_unknown" } })).rejects.toMatchObject({
      reason: "entry_not_found",
    });
    await updateCase(agent, id, { expected: { contains: "点「撤销」" } });
    expect((await listCases(agent))[0]).toMatchObject({
      id,
      says: ["你好", "我要退款"],
      expected: { contains: "点「撤销」" },
      version: 3,
    });
    const { changes, failed } = await runCases(agent, "manual");
    expect(changes.map(({ caseId, change }) => [caseId, change])).toEqual([[id, "edited"]]);
    expect(failed.map(({ caseId }) => caseId)).toEqual([id]);
  });

  it("keep an expected entry that went until another is chosen", async () => {
    await twoCases();
    const [first] = await listCases(agent);
    await deleteEntry(agent, entryId);
    await updateCase(agent, first?.id ?? "", { expected: { entryId }, note: "等新条目" });
    expect((await listCases(agent))[0]).toMatchObject({ entryQuestion: null, note: "等新条目" });
  });

  it("name the entry that they expect, and go when deleted", async () => {
    await expect(
      createCase(agent, { says: ["怎么退款？"], expected: { entryId: "kbe_unknown" }, note: "" }),
    ).rejects.toMatchObject({ reason: "entry_not_found" });
    await twoCases();
    const [first] = await listCases(agent);
    expect(first).toMatchObject({ says: ["怎么退款？"], entryQuestion: "怎么退款？" });
    await deleteCase(agent, first?.id ?? "");
    expect(await listCases(agent)).toHaveLength(1);
    await expect(deleteCase(agent, first?.id ?? "")).rejects.toThrow("not_found");
  });
});

describe("the quality report", () => {
  it("counts what the bot did with each turn, and keeps why", async () => {
    const visitor = await createVisitor(desk, shop);
    let conversationId: string | undefined;
    for (const words of ["怎么退款？", "你好", "量子纠缠的原理是什么", "转人工"]) {
      const { conversation } = await postVisitorMessage(visitor, {
        clientId: newId("client"),
        conversationId,
        parts: [{ type: "text", text: words }],
      });
      conversationId = conversation.id;
      await answerVisitor(
        systemContext(desk, shop.merchantId),
        { conversationId: conversation.id, merchantId: shop.merchantId },
        { links: [] },
      );
    }
    expect(await getQuality(agent, { days: 7 })).toMatchObject({
      turns: 4,
      answered: 1,
      unknown: 1,
      handoff: 1,
      byModel: 0,
      handoffReasons: [{ reason: "requested", count: 1 }],
      days: [{ answered: 1, choices: 0, unknown: 1, handoff: 1, other: 1 }],
    });
    const turns = await desk.db
      .select()
      .from(botTurns)
      .where(eq(botTurns.conversationId, conversationId ?? ""));
    expect(turns.map(({ reason }) => reason).sort()).toEqual(["requested", "small_talk", "sure", "unknown"]);
  });
});
