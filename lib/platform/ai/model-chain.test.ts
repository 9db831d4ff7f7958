import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { CircuitBreaker } from "./circuit-breaker";
import { type Attempt, askChain, type Link } from "./model-chain";
import { createOpenAiModel } from "./openai-model";

let first: OpenAiServer;
let second: OpenAiServer;
beforeAll(async () => {
  [first, second] = await Promise.all([startOpenAiServer(), startOpenAiServer()]);
});
afterAll(() => Promise.all([first.stop(), second.stop()]));

function link(id: string, server: OpenAiServer, breaker = new CircuitBreaker(), firstTextMs = 300): Link {
  return { id, breaker, model: createOpenAiModel({ id, name: id, baseUrl: server.baseUrl, model: "m", firstTextMs }) };
}

async function ask(links: readonly Link[], signal?: AbortSignal) {
  const attempts: Attempt[] = [];
  const texts: string[] = [];
  const request = {
    system: "",
    messages: [{ role: "user" as const, content: "问" }],
    question: "问",
    user: "u",
    onText: (text: string) => texts.push(text),
    ...(signal && { signal }),
  };
  const answer = await askChain(links, request, (attempt) => attempts.push(attempt)).catch((error: unknown) => error);
  return { answer, attempts, texts };
}

const good = { kind: "answer", words: ["好的。"] } as const;

describe("a chain of providers", () => {
  it("asks the next when one breaks off, and its words take the place of what the first had begun", async () => {
    first.behave({ kind: "cut", words: ["坏"] });
    second.behave(good);
    const { answer, attempts, texts } = await ask([link("a", first), link("b", second)]);
    expect(answer).toMatchObject({ text: "好的。", provider: { id: "b" } });
    expect(attempts.map(({ providerId, outcome }) => [providerId, outcome])).toEqual([
      ["a", "cut"],
      ["b", "ok"],
    ]);
    expect(texts.at(-1)).toBe("好的。");
  });

  it("leaves one alone after three failures in a row, and asks it again half a minute later", async () => {
    let now = 0;
    const breaker = new CircuitBreaker(() => now);
    const links = [link("a", first, breaker), link("b", second)];
    first.behave({ kind: "status", status: 500 });
    second.behave(good);
    for (let round = 0; round < 3; round += 1) {
      await ask(links);
    }
    const before = first.requests.length;
    expect((await ask(links)).attempts.map(({ providerId }) => providerId)).toEqual(["b"]);
    expect(first.requests.length).toBe(before);
    expect(breaker.restSeconds).toBe(30);
    now = 30_000;
    first.behave(good);
    expect((await ask(links)).answer).toMatchObject({ provider: { id: "a" } });
    expect(breaker.restSeconds).toBe(0);
  });

  it("leaves one alone for as long as it asks for", async () => {
    const breaker = new CircuitBreaker(() => 0);
    first.behave({ kind: "status", status: 429, headers: { "retry-after": "90" } });
    await ask([link("a", first, breaker)]);
    expect(breaker.restSeconds).toBe(90);
  });

  it("fails with the last failure when all do", async () => {
    first.behave({ kind: "silent" });
    second.behave({ kind: "status", status: 401 });
    const { answer, attempts } = await ask([link("a", first), link("b", second)]);
    expect(answer).toMatchObject({ failure: "unauthorized" });
    expect(attempts.map(({ outcome }) => outcome)).toEqual(["timeout", "unauthorized"]);
  });

  it("counts what a call cost that broke off, and nothing where no word came", async () => {
    first.behave({ kind: "cut", words: ["四个汉字"] });
    second.behave({ kind: "status", status: 500 });
    const { attempts } = await ask([link("a", first), link("b", second)]);
    expect(attempts).toMatchObject([
      { outcome: "cut", inputTokens: 2, outputTokens: 4 },
      { inputTokens: 0, outputTokens: 0 },
    ]);
  });

  it("asks nobody else when its caller has enough, and blames nobody", async () => {
    first.behave({ kind: "silent" });
    const breaker = new CircuitBreaker();
    const { answer, attempts } = await ask([link("a", first, breaker), link("b", second)], AbortSignal.abort());
    expect(answer).toMatchObject({ failure: "aborted" });
    expect(attempts).toHaveLength(1);
    expect(breaker.allows()).toBe(true);
  });
});
