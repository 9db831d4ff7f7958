import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type EmbeddingScenario,
  type EmbeddingServer,
  meaningOf,
  startEmbeddingServer,
} from "@/lib/testing/stubs/embeddings";
import type { EmbeddingError, EmbeddingFailure } from "./embedding-error";
import { embedTexts } from "./openai-embeddings";

const LIMIT_MS = 20_000;
let server: EmbeddingServer;

beforeAll(async () => {
  server = await startEmbeddingServer();
});
afterAll(() => server.stop());

const ask = (texts: readonly string[], dimensions: number | null = null, limitMs = LIMIT_MS) =>
  embedTexts({ baseUrl: server.baseUrl, apiKey: "sk-1", model: "m", dimensions }, texts, limitMs);

const failure = (texts: readonly string[], dimensions: number | null = null, limitMs = LIMIT_MS) =>
  ask(texts, dimensions, limitMs).then(
    () => undefined,
    (error: EmbeddingError) => error,
  );

describe("a service for vectors", () => {
  it("is asked in one call with key, model and dimension, and its vectors come in the order of the texts", async () => {
    server.behave({ kind: "shuffled" });
    const { vectors, tokens } = await ask(["退货", "发票", "密码"], 32);
    expect(vectors).toEqual(["退货", "发票", "密码"].map((text) => Float32Array.from(meaningOf(text, 32))));
    expect(tokens).toBe(6);
    expect(server.requests.at(-1)).toMatchObject({
      path: "/v1/embeddings",
      authorization: "Bearer sk-1",
      model: "m",
      dimensions: 32,
      input: ["退货", "发票", "密码"],
    });
  });

  it.each<[string, EmbeddingScenario, EmbeddingFailure, boolean]>([
    ["another dimension than was asked for", { kind: "dimension", dimension: 16 }, "dimension", false],
    ["numbers that are none", { kind: "nan" }, "not_numbers", false],
    ["null among the numbers", { kind: "null" }, "not_numbers", false],
    ["a vector too few", { kind: "few" }, "count", false],
    ["a web page", { kind: "html" }, "web_page", false],
    ["a wrong key", { kind: "status", status: 401 }, "unauthorized", false],
    ["a wrong path or model", { kind: "status", status: 404 }, "not_found", false],
    ["a request it does not like", { kind: "status", status: 400 }, "refused", false],
    ["too many requests", { kind: "status", status: 429 }, "limited", true],
    ["trouble of its own", { kind: "status", status: 503 }, "overloaded", true],
    ["a broken connection", { kind: "cut" }, "cut", true],
  ])("that answers with %s is understood", async (_name, scenario, expected, passing) => {
    server.behave(scenario);
    const error = await failure(["退货", "发票"], 32);
    expect(error?.failure).toBe(expected);
    expect(error?.isPassing).toBe(passing);
  });

  it("that does not answer is given up in time, and says when it wants to be left alone", async () => {
    server.behave({ kind: "held" });
    expect((await failure(["退货"], null, 50))?.failure).toBe("timeout");
    server.behave({ kind: "status", status: 429, headers: { "retry-after-ms": "20" } });
    expect((await failure(["退货"]))?.options.restMs).toBe(20);
    server.release();
  });

  it("that is not there cannot be reached", async () => {
    const nowhere = embedTexts({ baseUrl: "http://127.0.0.1:9/v1", model: "m", dimensions: null }, ["x"], LIMIT_MS);
    await expect(nowhere).rejects.toMatchObject({ failure: "unreachable", isPassing: true });
  });
});
