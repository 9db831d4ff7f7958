import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AnthropicServer, startAnthropicServer } from "@/lib/testing/stubs/anthropic";
import { type DifyScenario, type DifyServer, startDifyServer } from "@/lib/testing/stubs/dify";
import { type QingyunkeServer, startQingyunkeServer } from "@/lib/testing/stubs/qingyunke";
import type { AnswerRequest, ThreadMemory } from "./answer-model";
import { createAnthropicModel } from "./anthropic-model";
import { createDifyModel, type DifySettings } from "./dify-model";
import { createQingyunkeModel } from "./qingyunke-model";

const request: AnswerRequest = {
  system: "short",
  messages: [
    { role: "assistant", content: "您好" },
    { role: "user", content: "在吗" },
    { role: "user", content: "退款多久到账" },
  ],
  question: "退款多久到账",
  user: "cnv_1",
  onText: () => undefined,
};
const words = ["退款会在", " 3 天", "内到账。"];

describe("Anthropic", () => {
  let server: AnthropicServer;
  beforeAll(async () => {
    server = await startAnthropicServer();
  });
  afterAll(() => server.stop());
  const model = (tools = false) =>
    createAnthropicModel({
      id: "a",
      name: "A",
      baseUrl: `${server.baseUrl}/v1`,
      apiKey: "key",
      model: "m",
      firstTextMs: 3_000,
      tools,
    });

  it("streams, counts, and gets turns that alternate", async () => {
    server.behave({ kind: "answer", words });
    expect(await model().streamAnswer(request)).toMatchObject({
      text: words.join(""),
      inputTokens: 50,
      outputTokens: 9,
    });
    const last = server.requests.at(-1);
    expect(last).toMatchObject({ key: "key", version: "2023-06-01" });
    expect(last?.body.messages).toEqual([{ role: "user", content: "在吗\n退款多久到账" }]);
  });

  it("runs tools", async () => {
    server.behave({ kind: "tool", name: "search_knowledge", input: '{"query":"退款"}' }, { kind: "answer", words });
    const asked: unknown[] = [];
    const run = async (input: unknown) => `found ${asked.push(input)}`;
    const tools = [{ name: "search_knowledge", description: "", parameters: {}, run }];
    expect((await model(true).streamAnswer({ ...request, tools })).text).toBe(words.join(""));
    expect(asked).toEqual([{ query: "退款" }]);
    expect(server.requests.at(-1)?.body.messages.at(-1)).toMatchObject({
      role: "user",
      content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "found 1" }],
    });
  });

  it.each([
    [{ kind: "error", type: "overloaded_error" }, "limited"],
    [{ kind: "status", status: 401 }, "unauthorized"],
    [{ kind: "answer", words, stop: "refusal" }, "filtered"],
    [{ kind: "answer", words, stop: "max_tokens" }, "cut"],
  ] as const)("says what went wrong: %o", async (scenario, failure) => {
    server.behave(scenario);
    await expect(model().streamAnswer(request)).rejects.toMatchObject({ failure });
  });
});

describe("Dify", () => {
  let server: DifyServer;
  let kept: Map<string, string>;
  const threads: ThreadMemory = {
    get: async (id) => kept.get(id),
    set: async (id, thread) => void (thread ? kept.set(id, thread) : kept.delete(id)),
  };
  beforeAll(async () => {
    server = await startDifyServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    kept = new Map();
  });

  function ask(scenario: DifyScenario, settings: Partial<DifySettings> = {}, more: Partial<AnswerRequest> = {}) {
    server.behave(scenario);
    return createDifyModel({
      id: "d",
      name: "D",
      baseUrl: server.baseUrl,
      apiKey: "app-test",
      streaming: true,
      trusted: false,
      firstTextMs: 3_000,
      ...settings,
    }).streamAnswer({ ...request, threads, ...more });
  }

  it.each([true, false])("answers with what it used of its knowledge (streaming: %s)", async (streaming) => {
    expect(await ask({ words, resources: ["3 天到账"] }, { streaming })).toMatchObject({
      text: words.join(""),
      inputTokens: 33,
      outputTokens: 8,
      sources: ["3 天到账"],
    });
    expect(server.requests.at(-1)).toMatchObject({ query: "退款多久到账", user: "cnv_1" });
  });

  it("goes on in its conversation, and begins anew when Dify has forgotten it", async () => {
    await ask({ words });
    const first = kept.get("d");
    await ask({ words });
    expect(server.requests.at(-1)?.conversation_id).toBe(first);
    server.forget();
    expect((await ask({ words })).text).toBe(words.join(""));
    expect(kept.get("d")).not.toBe(first);
  });

  it("does not see another customer's conversation", async () => {
    await ask({ words });
    const first = kept.get("d");
    await ask({ words }, {}, { user: "cnv_2" });
    expect(kept.get("d")).not.toBe(first);
  });

  it("takes an agent app's events, and a text that moderation replaced", async () => {
    const texts: string[] = [];
    const answer = await ask(
      { words, agent: true, replaceBy: "不能回答。" },
      {},
      { onText: (text) => texts.push(text) },
    );
    expect(answer.text).toBe("不能回答。");
    expect(texts).toContain(words.join(""));
  });

  it("keeps a piece that says again what came so far, and drops a whole that is repeated at the end", async () => {
    expect((await ask({ words: ["好", "好", "休息"] })).text).toBe("好好休息");
    const whole = "在「我的订单」里申请退款。";
    expect((await ask({ words: [whole.slice(0, 5), whole.slice(5), whole], agent: true })).text).toBe(whole);
  });

  it.each<[DifyScenario, Partial<DifySettings>, string]>([
    [{ words, error: { code: "provider_quota_exceeded", message: "no" } }, {}, "refused"],
    [{ words, unfinished: true }, {}, "cut"],
    [{ words: [] }, {}, "cut"],
    [{ words, agent: true }, { streaming: false }, "refused"],
    [{ words }, { apiKey: "app-wrong" }, "unauthorized"],
    [{ words, refuse: { status: 429, code: "too_many_requests", message: "slow" } }, {}, "limited"],
  ])("says what went wrong: %o", async (scenario, settings, failure) => {
    await expect(ask(scenario, settings)).rejects.toMatchObject({ failure });
  });
});

describe("Qingyunke", () => {
  let server: QingyunkeServer;
  beforeAll(async () => {
    server = await startQingyunkeServer();
  });
  afterAll(() => server.stop());
  const ask = (body: string) => {
    server.behave(body);
    return createQingyunkeModel({ id: "q", name: "Q", baseUrl: server.baseUrl, firstTextMs: 3_000 }).streamAnswer(
      request,
    );
  };

  it("answers in words, without its marks", async () => {
    expect((await ask('{"result":0,"content":"你好呀{br}今天不错{face:12}"}')).text).toBe("你好呀\n今天不错");
    expect(server.said.at(-1)).toBe("退款多久到账");
  });

  it.each([
    ['{"result":101,"content":"wrong key"}', "refused"],
    ["<html>busy</html>", "malformed"],
    ['{"result":"0"}', "malformed"],
    ['{"result":0,"content":""}', "refused"],
  ])("gives none when it says %s", async (body, failure) => {
    await expect(ask(body)).rejects.toMatchObject({ failure });
  });
});
