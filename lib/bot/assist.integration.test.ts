import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { aiCalls } from "@/db/schema/bot";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { CircuitBreaker } from "@/lib/platform/ai/circuit-breaker";
import { createOpenAiModel } from "@/lib/platform/ai/openai-model";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { assistAgent, assistState } from "./assist-service";
import { botSettings } from "./settings-schema";

let desk: DeskFixture;
let server: OpenAiServer;
let agent: AgentContext;
let id: string;

beforeAll(async () => {
  server = await startOpenAiServer();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(server.baseUrl).host);
  desk = await createDeskFixture();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await desk.end();
  await server.stop();
});
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

const links = () => {
  const model = createOpenAiModel({
    id: "test",
    name: "测试",
    baseUrl: server.baseUrl,
    model: "m",
    apiKey: "k",
    firstTextMs: 5_000,
  });
  return [{ id: "test", model, breaker: new CircuitBreaker() }];
};
const received = () => server.requests.at(-1)?.text ?? "";

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
