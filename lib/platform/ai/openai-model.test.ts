import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type OpenAiScenario, type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import type { AnswerRequest } from "./answer-model";
import { createOpenAiModel } from "./openai-model";
import type { OpenAiSettings } from "./openai-request";

let server: OpenAiServer;
beforeAll(async () => {
  server = await startOpenAiServer();
});
afterAll(() => server.stop());

const words = ["退款", "会在", " 3 天", "内到账。"];

function ask(
  scenarios: OpenAiScenario | readonly OpenAiScenario[],
  settings: Partial<OpenAiSettings> = {},
  request: Partial<AnswerRequest> = {},
) {
  server.behave(...[scenarios].flat());
  const texts: string[] = [];
  const model = createOpenAiModel({
    id: "one",
    name: "One",
    baseUrl: server.baseUrl,
    apiKey: "sk-test",
    model: "test-model",
    firstTextMs: 5_000,
    ...settings,
  });
  const answer = model.streamAnswer({
    system: "short",
    messages: [{ role: "user", content: "退款多久到账" }],
    question: "退款多久到账",
    user: "cnv_1",
    onText: (text) => texts.push(text),
    ...request,
  });
  return { answer, texts, model };
}

describe("an OpenAI-compatible model", () => {
  it("streams its words, counts tokens and gets key, model and instructions", async () => {
    const { answer, texts } = ask({ kind: "answer", words });
    expect(await answer).toMatchObject({
      text: words.join(""),
      inputTokens: 120,
      outputTokens: 20,
      provider: { id: "one", name: "One" },
    });
    expect(texts.at(-1)).toBe(words.join(""));
    const last = server.requests.at(-1);
    expect(last?.authorization).toBe("Bearer sk-test");
    expect(last?.body).toMatchObject({
      model: "test-model",
      stream: true,
      messages: [{ role: "system", content: "short" }, { role: "user" }],
    });
  });

  it("is understood in torn bytes, CRLF lines, with comments, thoughts and no end mark", async () => {
    expect((await ask({ kind: "torn", words }).answer).text).toBe(words.join(""));
  });

  it.each<[string, OpenAiScenario, string]>([
    ["overloaded", { kind: "status", status: 429 }, "limited"],
    ["out of money", { kind: "status", status: 429, body: '{"error":{"code":"insufficient_quota"}}' }, "quota"],
    ["given a wrong key", { kind: "status", status: 401 }, "unauthorized"],
    ["broken", { kind: "status", status: 500 }, "refused"],
    ["behind a broken proxy", { kind: "status", status: 502, body: "<html>Bad gateway</html>" }, "refused"],
    ["cut off", { kind: "cut", words }, "cut"],
    ["ended without an end", { kind: "unfinished", words }, "cut"],
    ["too long", { kind: "ended", words, reason: "length" }, "cut"],
    ["filtered", { kind: "ended", words, reason: "content_filter" }, "filtered"],
    ["no JSON", { kind: "malformed", words }, "malformed"],
    ["an error in the stream", { kind: "error", words }, "refused"],
    ["empty", { kind: "answer", words: [] }, "cut"],
  ])("says so when it is %s", async (_, scenario, failure) => {
    await expect(ask(scenario).answer).rejects.toMatchObject({ name: "ModelError", failure });
  });

  it("passes on how long it wants to be left alone, and what it said", async () => {
    const refused = { kind: "status", status: 429, headers: { "retry-after": "20" } } as const;
    await expect(ask(refused).answer).rejects.toMatchObject({
      failure: "limited",
      options: { restMs: 20_000, detail: expect.stringContaining("429") },
    });
  });

  it.each<[string, OpenAiScenario]>([
    ["nothing comes", { kind: "silent" }],
    ["only keep-alives come", { kind: "slow", everyMs: 20 }],
  ])("gives up when %s for too long", async (_, scenario) => {
    await expect(ask(scenario, { firstTextMs: 150 }).answer).rejects.toMatchObject({ failure: "timeout" });
  });

  it("gives up when the words stop coming", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { answer, texts } = ask({ kind: "stalled", words: ["退款"] });
    const outcome = expect(answer).rejects.toMatchObject({ failure: "timeout" });
    // Not by vi.waitFor, which moves the clock with every look.
    while (texts.length === 0) {
      await turn();
    }
    expect(texts).toEqual(["退款"]);
    await vi.advanceTimersByTimeAsync(5_000);
    await outcome;
    vi.useRealTimers();
  });

  it("ends when its caller does not want it any more", async () => {
    const controller = new AbortController();
    const { answer } = ask({ kind: "silent" }, {}, { signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ failure: "aborted" });
  });

  it("takes the whole address that some documents give", async () => {
    await ask({ kind: "answer", words }, { baseUrl: `${server.baseUrl}/chat/completions/` }).answer;
    expect(server.requests.at(-1)?.path).toBe("/v1/chat/completions");
  });

  it("is asked in Azure's form", async () => {
    const azure = { baseUrl: server.origin, model: "my deployment", azureApiVersion: "2024-10-21" };
    await ask({ kind: "answer", words }, azure).answer;
    const last = server.requests.at(-1);
    expect(last?.path).toBe("/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21");
    expect(last?.headers["api-key"]).toBe("sk-test");
    expect(last?.authorization).toBeUndefined();
    expect(last?.body.model).toBeUndefined();
  });

  it("is asked again in the newer form when it wants that", async () => {
    const body = '{"error":{"message":"Unsupported parameter: use max_completion_tokens"}}';
    const { answer, model } = ask([
      { kind: "status", status: 400, body },
      { kind: "answer", words },
    ]);
    expect((await answer).text).toBe(words.join(""));
    expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 600 });
    server.behave({ kind: "answer", words });
    const before = server.requests.length;
    const messages = [{ role: "user", content: "?" }] as const;
    await model.streamAnswer({ system: "", messages, question: "", user: "", onText: () => undefined });
    expect(server.requests.length).toBe(before + 1);
  });
});

describe("tools", () => {
  const calls: unknown[] = [];
  const tools = [
    {
      name: "search_knowledge",
      description: "",
      parameters: {},
      run: async (input: unknown) => {
        calls.push(input);
        return "[1] 3 天";
      },
    },
  ];

  it("are run, and their results given back with the calls they belong to", async () => {
    const { answer } = ask(
      [
        { kind: "tools", calls: [{ name: "search_knowledge", input: '{"query":"退款"}' }] },
        { kind: "answer", words },
      ],
      { tools: true },
      { tools },
    );
    expect(await answer).toMatchObject({ text: words.join(""), inputTokens: 240 });
    expect(calls).toEqual([{ query: "退款" }]);
    expect(server.requests.at(-1)?.body.messages.slice(-2)).toMatchObject([
      { role: "assistant", tool_calls: [{ id: "call_0" }] },
      { role: "tool", tool_call_id: "call_0", content: "[1] 3 天" },
    ]);
  });

  it("that do not exist, or get arguments that are no JSON, harm nothing", async () => {
    const bad = [
      { name: "refund", input: '{"amount":888}' },
      { name: "search_knowledge", input: '{"query":' },
    ];
    const { answer } = ask(
      [
        { kind: "tools", calls: bad },
        { kind: "answer", words },
      ],
      { tools: true },
      { tools },
    );
    expect((await answer).text).toBe(words.join(""));
    const results = server.requests.at(-1)?.body.messages.filter(({ role }) => role === "tool");
    expect(results?.map(({ content }) => content)).toEqual([
      "error: no such tool",
      "error: the arguments are not valid JSON",
    ]);
  });

  it("end after three rounds, whatever the model wants (T64)", async () => {
    const before = server.requests.length;
    const again = { kind: "tools", calls: [{ name: "search_knowledge", input: "{}" }] } as const;
    await expect(ask(again, { tools: true }, { tools }).answer).rejects.toMatchObject({ failure: "tool_loop" });
    expect(server.requests.length - before).toBe(4);
    expect(server.requests.at(-1)?.body.tools).toBeUndefined();
  });

  it("are offered only where the provider can use them", async () => {
    await ask({ kind: "answer", words }, {}, { tools }).answer;
    expect(server.requests.at(-1)?.body.tools).toBeUndefined();
  });
});
