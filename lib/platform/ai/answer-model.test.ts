import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenAiScenario, type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { createAnswerModel } from "./answer-model";
import { CircuitBreaker } from "./circuit-breaker";

let server: OpenAiServer;
beforeAll(async () => {
  server = await startOpenAiServer();
});
afterAll(() => server.stop());

const words = ["退款", "会在", " 3 天", "内到账。"];

function ask(
  scenario: OpenAiScenario,
  options: { firstTokenMs?: number; breaker?: CircuitBreaker; signal?: AbortSignal } = {},
) {
  server.behave(scenario);
  const tokens: string[] = [];
  const model = createAnswerModel(
    { baseUrl: server.baseUrl, apiKey: "sk-test", model: "test-model", firstTokenMs: options.firstTokenMs ?? 5_000 },
    options.breaker,
  );
  const answer = model.streamAnswer({
    system: "short",
    messages: [{ role: "user", content: "退款多久到账" }],
    onToken: (text) => tokens.push(text),
    ...(options.signal && { signal: options.signal }),
  });
  return { answer, tokens };
}

describe("an OpenAI-compatible model", () => {
  it("streams its words, counts tokens and gets key, model and instructions", async () => {
    const { answer, tokens } = ask({ kind: "answer", words });
    expect(await answer).toEqual({ text: words.join(""), inputTokens: 120, outputTokens: 20 });
    expect(tokens.join("")).toBe(words.join(""));
    const last = server.requests.at(-1);
    expect(last?.authorization).toBe("Bearer sk-test");
    expect(last?.body).toMatchObject({
      model: "test-model",
      stream: true,
      messages: [{ role: "system", content: "short" }, { role: "user" }],
    });
  });

  it.each<[string, OpenAiScenario, string]>([
    ["overloaded", { kind: "status", status: 429 }, "refused"],
    ["broken", { kind: "status", status: 500 }, "refused"],
    ["cut off", { kind: "cut", words }, "refused"],
    ["ended without an end", { kind: "unfinished", words }, "refused"],
    ["no JSON", { kind: "malformed", words }, "refused"],
    ["empty", { kind: "answer", words: [] }, "cut"],
  ])("says so when the answer is %s", async (_, scenario, failure) => {
    await expect(ask(scenario).answer).rejects.toMatchObject({ name: "ModelError", failure });
  });

  it("gives up when the first word is late", async () => {
    const started = performance.now();
    await expect(ask({ kind: "silent" }, { firstTokenMs: 150 }).answer).rejects.toMatchObject({ failure: "timeout" });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it("ends when its caller does not want it any more, without blaming the model", async () => {
    const breaker = new CircuitBreaker();
    const controller = new AbortController();
    const { answer } = ask({ kind: "silent" }, { signal: controller.signal, breaker });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ failure: "aborted" });
    expect(breaker.allows()).toBe(true);
  });

  it("is left alone for half a minute after three failures, then tried once", async () => {
    let now = 0;
    const breaker = new CircuitBreaker(() => now);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(ask({ kind: "status", status: 500 }, { breaker }).answer).rejects.toMatchObject({
        failure: "refused",
      });
    }
    const before = server.requests.length;
    await expect(ask({ kind: "answer", words }, { breaker }).answer).rejects.toMatchObject({ failure: "circuit_open" });
    expect(server.requests.length).toBe(before);
    now = 30_000;
    const trial = ask({ kind: "answer", words }, { breaker }).answer;
    expect(breaker.allows()).toBe(false);
    await trial;
    expect(breaker.allows()).toBe(true);
  });
});
