import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aiCalls, botTurns } from "@/db/schema/bot";
import { conversations } from "@/db/schema/conversations";
import { situationsOf } from "@/lib/automations/situation-queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import { entryInput } from "@/lib/knowledge/schema";
import type { Link } from "@/lib/platform/ai/model-chain";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import type { AgentContext, DeskFixture } from "@/lib/testing/desk-fixture";
import { ModelFixture } from "@/lib/testing/model-fixture";
import type { OpenAiServer } from "@/lib/testing/stubs/openai";
import { answerVisitor } from "./answer";
import { createIntent, deleteIntent, listIntents, tryIntents, updateIntent } from "./intent-service";

let fixture: ModelFixture;
let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let server: OpenAiServer;

beforeAll(async () => {
  fixture = await ModelFixture.create();
  ({ desk, server } = fixture);
});
afterAll(() => fixture.end());
beforeEach(async () => {
  ({ shop, agent } = await desk.staffedMerchant());
  await importEntries(
    agent,
    [
      { question: "多久发货？", variants: ["什么时候发货", "下单后几天发出"], answer: "当天发货。", category: "配送" },
      { question: "运费怎么算？", variants: ["邮费多少", "快递费谁出"], answer: "满 99 元包邮。", category: "配送" },
      { question: "发票怎么开？", variants: ["怎么开票", "电子发票在哪"], answer: "订单页点开票。", category: "发票" },
    ].map((entry) => entryInput.parse({ ...entry, status: "published" })),
  );
});

const COMPLAINT = {
  name: "投诉",
  examples: ["我要投诉", "投诉你们客服", "怎么投诉商家", "I want to complain", "file a complaint"],
  action: "handoff",
  priority: 3,
  skill: "投诉处理",
  enabled: true,
} as const;

async function ask(words: string, links: readonly Link[] = []) {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: newId("client"),
    parts: [{ type: "text", text: words }],
  });
  const at = { conversationId: conversation.id, merchantId: shop.merchantId };
  await answerVisitor(systemContext(desk, shop.merchantId), at, { links });
  const [row] = await desk.db.select().from(conversations).where(eq(conversations.id, conversation.id));
  const [turn] = await desk.db.select().from(botTurns).where(eq(botTurns.conversationId, conversation.id));
  return { row, turn };
}

describe("intents", () => {
  it("are learned from categories, and give a conversation its topic", async () => {
    const { row, turn } = await ask("我的快递费要多少");
    expect(row?.topic).toBe("配送");
    expect(turn?.trace["intent"]).toMatchObject({ name: "配送", by: "examples", action: "answer" });
    expect(await listIntents(agent)).toMatchObject({
      items: [],
      categories: [
        { name: "配送", learned: 6 },
        { name: "发票", learned: 3 },
      ],
    });
  });

  it("fetch a person, with priority and skill, when the merchant says so", async () => {
    await createIntent(agent, { ...COMPLAINT, examples: [...COMPLAINT.examples] });
    const { row, turn } = await ask("我想投诉你们商家");
    expect(row).toMatchObject({ status: "queued", topic: "投诉", priority: 3, skill: "投诉处理" });
    expect(turn).toMatchObject({ decision: "handoff", reason: "intent" });
    const occasion = { conversationId: row?.id ?? "", messageId: null, at: new Date() };
    const [known] = await situationsOf(desk.db, shop.merchantId, [occasion]);
    expect(known?.situation["conversation.topic"]).toBe("投诉");
  });

  it("have an agent read the answer, although reviewing is off", async () => {
    await createIntent(agent, {
      ...COMPLAINT,
      name: "发票",
      examples: [],
      action: "review",
      priority: null,
      skill: null,
    });
    const { row, turn } = await ask("电子发票在哪");
    expect(row?.status).toBe("bot");
    expect(turn?.trace["review"]).toBe("intent");
  });

  it("count at once when they are changed, switched off or removed", async () => {
    const { id } = await createIntent(agent, { ...COMPLAINT, examples: [...COMPLAINT.examples] });
    expect((await tryIntents(agent, "我要投诉"))[0]).toMatchObject({ name: "投诉", intentId: id });
    await updateIntent(agent, id, { name: "投诉建议", version: 1 });
    expect((await tryIntents(agent, "我要投诉"))[0]?.name).toBe("投诉建议");
    await expect(updateIntent(agent, id, { skill: null, version: 1 })).rejects.toMatchObject({
      reason: "stale_version",
    });
    await updateIntent(agent, id, { enabled: false });
    expect((await tryIntents(agent, "我要投诉"))[0]?.name).not.toBe("投诉建议");
    await deleteIntent(agent, id);
    expect((await listIntents(agent)).items).toEqual([]);
  });

  it("have names of their own", async () => {
    const input = { ...COMPLAINT, examples: [] };
    await createIntent(agent, input);
    await expect(createIntent(agent, input)).rejects.toMatchObject({ reason: "intent_name_taken" });
  });

  it("are chosen by a model where examples leave it open, by number and never by the customer's words", async () => {
    await createIntent(agent, { ...COMPLAINT, examples: [...COMPLAINT.examples] });
    server.behave({
      kind: "obedient",
      obey: (prompt) => {
        const number = /(\d+)\. 投诉/u.exec(prompt)?.[1];
        return prompt.includes("numbered topics") ? (number ?? "0") : "NO_ANSWER";
      },
    });
    const { turn } = await ask("发票和客服的事我想说说，怎么弄", fixture.links());
    const calls = await desk.db.select().from(aiCalls).where(eq(aiCalls.merchantId, shop.merchantId));
    expect(calls.filter(({ purpose }) => purpose === "intent")).toHaveLength(1);
    expect(turn?.trace["intent"]).toMatchObject({ name: "投诉", by: "model", action: "handoff" });
    expect(turn?.decision).toBe("handoff");
  });
});
