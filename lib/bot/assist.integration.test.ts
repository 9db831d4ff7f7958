import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aiCalls } from "@/db/schema/bot";
import { teamMembers, teams } from "@/db/schema/identity";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor } from "@/lib/testing/actors";
import type { AgentContext, DeskFixture } from "@/lib/testing/desk-fixture";
import { ModelFixture } from "@/lib/testing/model-fixture";
import type { OpenAiServer } from "@/lib/testing/stubs/openai";
import { assistAgent, assistState } from "./assist-service";
import { botSettings } from "./settings-schema";

let fixture: ModelFixture;
let desk: DeskFixture;
let server: OpenAiServer;
let agent: AgentContext;
let id: string;

beforeAll(async () => {
  fixture = await ModelFixture.create();
  ({ desk, server } = fixture);
});
afterAll(() => fixture.end());
beforeEach(async () => {
  const shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: "assist-01",
    parts: [{ type: "text", text: "退货运费谁出？我电话 13812345678" }],
  });
  id = conversation.id;
});

const links = () => fixture.links();
/** A team with the agent in it. */
async function teamOf(name: string) {
  const teamId = newId("team");
  await desk.db.insert(teams).values({ id: teamId, merchantId: agent.actor.merchantId, name });
  await desk.db.insert(teamMembers).values({ teamId, agentId: agent.actor.agentId });
  return { teamId };
}
const received = () => fixture.received();

describe("help of a model at the desk (A8)", () => {
  it("suggests an answer with the entry it rests on", async () => {
    const entry = { question: "退货运费谁出", answer: "质量问题退货，运费由我们承担。", status: "published" };
    const { id: entryId } = await createEntry(agent, entryInput.parse(entry));
    server.behave({ kind: "answer", words: ["质量问题退货，", "运费由我们承担。", "[1]"] });
    const given = await assistAgent(agent, id, { task: "suggest" }, links());
    expect(given).toEqual({
      text: "质量问题退货，运费由我们承担。",
      sources: [{ entryId, title: "退货运费谁出" }],
    });
    expect(received()).not.toContain("13812345678");
  });

  it("says so when the knowledge base has no answer", async () => {
    server.behave({ kind: "answer", words: ["NO_ANSWER"] });
    await expect(assistAgent(agent, id, { task: "suggest" }, links())).rejects.toMatchObject({
      reason: "assist_no_answer",
    });
  });

  it("polishes without showing private data to the provider, and puts it back", async () => {
    server.behave({ kind: "answer", words: ["好的，我们会拨打 [PHONE_1] 联系您。"] });
    const given = await assistAgent(agent, id, { task: "polish", text: "打 13812345678 找你" }, links());
    expect(given.text).toBe("好的，我们会拨打 13812345678 联系您。");
    expect(received()).toContain("[PHONE_1]");
    expect(received()).not.toContain("13812345678");
  });

  it("summarises what was said, and counts what it cost to the conversation", async () => {
    server.behave({ kind: "answer", words: ["客户问退货运费。"] });
    expect((await assistAgent(agent, id, { task: "summarise" }, links())).text).toBe("客户问退货运费。");
    expect(received()).toContain("Customer: 退货运费谁出");
    const calls = await desk.db.select().from(aiCalls).where(eq(aiCalls.conversationId, id));
    expect(calls).toMatchObject([{ purpose: "assist", outcome: "ok" }]);
  });

  it("names the next step with a reason: one of a few, and only what there is", async () => {
    const entry = { question: "退货运费谁出", answer: "质量问题退货，运费由我们承担。", status: "published" };
    await createEntry(agent, entryInput.parse(entry));
    const next = async (words: string) => {
      server.behave({ kind: "answer", words: [words] });
      return assistAgent(agent, id, { task: "next" }, links());
    };
    expect(await next('{"step":"answer","entry":1,"reason":"知识库里有"}')).toMatchObject({
      text: "知识库里有",
      sources: [{ title: "退货运费谁出" }],
      step: { kind: "answer", text: "质量问题退货，运费由我们承担。" },
    });
    expect(received()).not.toContain("13812345678");
    expect((await next('```json\n{"step":"ask_order","reason":"没有单号，[PHONE_1]"}\n```')).text).toContain(
      "13812345678",
    );
    const { teamId } = await teamOf("售后组");
    expect((await next('{"step":"transfer","place":1,"reason":"归售后"}')).step).toEqual({
      kind: "transfer",
      to: "team",
      id: teamId,
      name: "售后组",
    });
    expect((await next('{"step":"follow_up","hours":24,"reason":"明天到货"}')).step).toMatchObject({
      kind: "follow_up",
    });
    expect((await next('{"step":"resolve","reason":"客户谢过了"}')).step).toEqual({ kind: "resolve" });
  });

  it("takes no step that is none: a place that is not there, an action nobody offered, plain words", async () => {
    for (const words of [
      '{"step":"transfer","place":7,"reason":"x"}',
      '{"step":"refund","reason":"x"}',
      "好的，转给经理",
    ]) {
      server.behave({ kind: "answer", words: [words] });
      await expect(assistAgent(agent, id, { task: "next" }, links())).rejects.toMatchObject({
        reason: "assist_no_step",
      });
    }
  });

  it("is honest about why there is none: no model, switched off, a provider that fails", async () => {
    expect(await assistState(agent, id)).toEqual({ available: false, reason: "none" });
    await expect(assistAgent(agent, id, { task: "summarise" })).rejects.toMatchObject({ reason: "assist_unavailable" });
    server.behave({ kind: "status", status: 500 });
    await expect(assistAgent(agent, id, { task: "summarise" }, links())).rejects.toMatchObject({
      reason: "assist_failed",
    });
    await updateSettings(agent, agent.actor.merchantId, botSettings, { patch: { useModels: false } });
    expect(await assistState(agent, id, links())).toEqual({ available: false, reason: "off" });
  });

  it("shows nobody another merchant's conversation", async () => {
    const stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
    await expect(assistAgent(stranger, id, { task: "summarise" }, links())).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
