import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { knowledgeEmbedders } from "@/db/schema/knowledge-vectors";
import { merchants } from "@/db/schema/merchants";
import { auditLog } from "@/db/schema/operations";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { type EmbeddingServer, startEmbeddingServer } from "@/lib/testing/stubs/embeddings";
import { findAnswers } from "../queries";
import { entryInput } from "../schema";
import { createEntry, updateEntry } from "../service";
import { makeVectors } from "../vector-service";
import { PROBE_TEXTS } from "./calibration";
import { getVectorSearch } from "./queries";
import { type EmbedderInput, embedderInput } from "./schema";
import { controlIndexing, removeEmbedder, saveEmbedder, testEmbedder } from "./service";

const UMBRELLA = "哪里可以借雨伞？";
/** Shares no word with it. */
const WET = "外面突然变天，怕淋湿";

let desk: DeskFixture;
let server: EmbeddingServer;
let shop: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  server = await startEmbeddingServer();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", server.host);
});
afterAll(async () => {
  await server.stop();
  await desk.end();
});
beforeEach(async () => {
  server.release();
  shop = await desk.agent((await desk.merchant()).merchantId, "admin");
});
afterEach(() => server.release());

const input = (fields: Partial<EmbedderInput> = {}) =>
  embedderInput.parse({ baseUrl: server.baseUrl, model: "m1", apiKey: "sk-very-secret", price: 0.5, ...fields });

const publish = (context: AgentContext, question: string, variants: readonly string[] = []) =>
  createEntry(context, entryInput.parse({ question, variants, answer: `答：${question}`, status: "published" }));

const build = (context: AgentContext = shop) => makeVectors(context, context.actor.merchantId);
const first = async (question: string, context: AgentContext = shop) =>
  (await findAnswers(context, question)).items[0]?.question;
/** On a busy machine a vector may come too late for its question; it is there when the question is asked again. */
const understood = (question: string) => expect.poll(() => first(question), { timeout: 20_000 }).toBe(UMBRELLA);
const texts = () => server.texts().filter((text) => !PROBE_TEXTS.includes(text));

async function stocked(): Promise<void> {
  await publish(shop, UMBRELLA);
  await publish(shop, "图书馆几点开门？", ["周末图书馆开吗"]);
  await publish(shop, "可以刷校园卡吗？");
}

describe("the setting", () => {
  it("keeps its key sealed, out of every answer and out of the audit log", async () => {
    const shown = JSON.stringify([
      await saveEmbedder(shop, input()),
      await saveEmbedder(shop, input({ apiKey: "sk-newer-secret" })),
      await desk.db.select().from(knowledgeEmbedders),
      await desk.db.select().from(auditLog).where(eq(auditLog.merchantId, shop.actor.merchantId)),
    ]);
    expect(shown).not.toMatch(/very-secret|newer-secret/);
    expect(shown).toContain("embedder.created");
    expect(shown).toContain("keyChanged");
    expect((await getVectorSearch(shop)).own).toMatchObject({ model: "m1", hasKey: true });
  });

  it("sends no key to an address it was not typed for, and tells the second of two people", async () => {
    const { own } = await saveEmbedder(shop, input());
    const elsewhere = input({ baseUrl: "https://elsewhere.example/v1", apiKey: undefined });
    await expect(saveEmbedder(shop, elsewhere)).rejects.toThrow("provider_key_again");
    await expect(testEmbedder(shop, elsewhere)).rejects.toThrow("provider_key_again");
    await saveEmbedder(shop, { ...input({ batchSize: 5 }), version: own?.version });
    await expect(saveEmbedder(shop, { ...input(), version: own?.version })).rejects.toThrow("stale_version");
  });

  it("is tested before it is saved: dimension, time, cost, and which languages the model understands", async () => {
    expect(await testEmbedder(shop, input({ dimensions: 48 }))).toMatchObject({
      outcome: "ok",
      dimension: 48,
      tokens: PROBE_TEXTS.join("").length,
      costMicros: Math.round(0.5 * PROBE_TEXTS.join("").length),
      understands: { zh: expect.any(Number), en: expect.any(Number) },
    });
    expect(await getVectorSearch(shop)).toMatchObject({ own: null, usage: { calls: 1, failures: 0 } });
  });

  it.each([
    ["unauthorized", { kind: "status", status: 401 }],
    ["not_found", { kind: "status", status: 404 }],
    ["dimension", { kind: "dimension", dimension: 16 }],
    ["web_page", { kind: "html" }],
    ["meaningless", { kind: "nonsense" }],
    ["limited", { kind: "status", status: 429 }],
  ] as const)("says what is wrong: %s", async (outcome, scenario) => {
    server.behave(scenario);
    expect((await testEmbedder(shop, input({ dimensions: 48 }))).outcome).toBe(outcome);
  });

  it("reaches no private network (T56)", async () => {
    for (const baseUrl of ["http://127.0.0.1:9/v1", "http://169.254.169.254/latest", "http://[::1]:80/v1"]) {
      expect(await testEmbedder(shop, input({ baseUrl }))).toMatchObject({ outcome: "blocked" });
    }
  });
});

describe("indexing", () => {
  it("has a Chinese question of no shared word understood once it is whole, and not before", async () => {
    await stocked();
    expect(await first(WET)).not.toBe(UMBRELLA);
    await saveEmbedder(shop, input());
    expect((await getVectorSearch(shop)).active).toBeNull();
    await build();
    expect(await getVectorSearch(shop)).toMatchObject({
      active: { state: "active", model: "m1", total: 3, done: 3, refused: 0, dimension: 64, reason: null },
      next: null,
    });
    await understood(WET);
    const { items, decision } = await findAnswers(shop, WET);
    expect(items[0]?.matched).toMatchObject({ words: [], meaning: true });
    expect(decision).not.toBe("handoff");
  });

  it("makes vectors of changed and new wordings alone, ordered when they are published", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    await build();
    const before = texts().length;
    const job = sql`graphile_worker._private_jobs where key = ${`vectors:${shop.actor.merchantId}`}`;
    await desk.db.execute(sql`delete from ${job}`);
    const { id } = await publish(shop, "打印多少钱一张？");
    expect(await rowsOf(desk.db, sql`select 1 from ${job}`)).toHaveLength(1);
    await updateEntry(shop, id, { variants: ["彩印怎么收费"] });
    await build();
    expect(texts().slice(before).sort()).toEqual(["彩印怎么收费", "打印多少钱一张？"].sort());
    await build();
    expect(texts()).toHaveLength(before + 2);
  });

  it("with another model leaves the old vectors in use until the last of the new ones is there", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    await build();
    await understood(WET);
    await saveEmbedder(shop, input({ model: "m2", dimensions: 32 }));
    server.behave({ kind: "held" });
    const running = build();
    await vi.waitUntil(() => server.requests.at(-1)?.model === "m2", 20_000);
    expect(await getVectorSearch(shop)).toMatchObject({
      active: { model: "m1" },
      next: { state: "building", model: "m2" },
    });
    server.behave({ kind: "answer" });
    await understood("要淋湿了怎么办");
    expect(server.requests.at(-1)).toMatchObject({ model: "m1", input: ["要淋湿了怎么办"] });
    server.release();
    await running;
    expect(await getVectorSearch(shop)).toMatchObject({ active: { model: "m2", dimension: 32 }, next: null });
    await understood("好大的雨，会淋湿的");
    expect(server.requests.at(-1)).toMatchObject({ model: "m2", input: ["好大的雨，会淋湿的"] });
    // The old service, and its key, are forgotten.
    expect(
      await rowsOf(desk.db, sql`select 1 from kb_embedders where merchant_id = ${shop.actor.merchantId}`),
    ).toHaveLength(1);
  });

  it("is stopped by a person, keeps what it has, and goes on from there", async () => {
    for (let index = 0; index < 90; index += 1) {
      await publish(shop, `第 ${index} 号柜子怎么开`);
    }
    await saveEmbedder(shop, input({ batchSize: 16 }));
    // The probes, and the first sixty-four wordings; then it hangs.
    const probes = Math.ceil(PROBE_TEXTS.length / 16);
    server.behave(...Array.from({ length: probes + 4 }, () => ({ kind: "answer" }) as const), { kind: "held" });
    const asked = texts().length;
    const running = build();
    await vi.waitUntil(async () => (await getVectorSearch(shop)).next?.done === 64, 20_000);
    await controlIndexing(shop, "cancel");
    await vi.waitUntil(() => texts().length >= asked + 90, 20_000);
    server.release();
    await running;
    expect(await getVectorSearch(shop)).toMatchObject({ active: null, next: { state: "cancelled" } });
    await build();
    expect((await getVectorSearch(shop)).next?.state).toBe("cancelled");
    await controlIndexing(shop, "resume");
    await build();
    expect((await getVectorSearch(shop)).active).toMatchObject({ total: 90, done: 90 });
    expect(texts()).toHaveLength(asked + 90);
    await expect(controlIndexing(shop, "cancel")).rejects.toThrow("indexing_not_there");
  });
});

describe("a service that misbehaves", () => {
  it("over one text loses that one alone: it is found by its words, and said so", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    server.behave({ kind: "picky", refuses: (text) => text.includes("校园卡") });
    await build();
    expect((await getVectorSearch(shop)).active).toMatchObject({ done: 3, refused: 1 });
    await understood(WET);
    expect(await first("校园卡可以刷吗")).toBe("可以刷校园卡吗？");
  });

  it("by answering in another dimension all at once is stopped and named; search goes on, and so does the run when mended", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    await build();
    server.behave({ kind: "dimension", dimension: 16 });
    await publish(shop, "打印多少钱一张？");
    await build();
    expect((await getVectorSearch(shop)).active).toMatchObject({
      state: "active",
      reason: "dimension",
      detail: "16 / 64",
    });
    expect(await first("打印一张多少钱")).toBe("打印多少钱一张？");
    server.release();
    await understood("要淋湿了");
    await build();
    expect((await getVectorSearch(shop)).active).toMatchObject({ reason: null });
  });

  it("with a wrong key fails for good, and saving the right one begins again", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    server.behave({ kind: "status", status: 401 });
    await build();
    expect(await getVectorSearch(shop)).toMatchObject({
      active: null,
      next: { state: "failed", reason: "unauthorized" },
    });
    server.release();
    await saveEmbedder(shop, input({ apiKey: "sk-right" }));
    await build();
    expect((await getVectorSearch(shop)).active?.done).toBe(3);
    expect(server.requests.at(-1)?.authorization).toBe("Bearer sk-right");
  });

  it("by being busy is asked again when it says, and one that stays away is left to the queue", async () => {
    await stocked();
    await saveEmbedder(shop, input({ batchSize: 100 }));
    const busy = { kind: "status", status: 429, headers: { "retry-after-ms": "1" } } as const;
    server.behave({ kind: "answer" }, busy, busy, { kind: "answer" });
    await build();
    expect((await getVectorSearch(shop)).active).toMatchObject({ done: 3, reason: null });
    await saveEmbedder(shop, input({ model: "m3", batchSize: 100 }));
    server.behave({ kind: "answer" }, busy);
    await expect(build()).rejects.toMatchObject({ failure: "limited" });
    expect(await getVectorSearch(shop)).toMatchObject({
      active: { model: "m1" },
      next: { state: "building", reason: "limited" },
    });
  });

  it("by saying nothing keeps no question waiting: words answer, then and the next time", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    await build();
    await first("热身");
    server.behave({ kind: "held" });
    expect(await first("校园卡可以刷吗")).toBe("可以刷校园卡吗？");
    expect(await first("图书馆开门几点")).toBe("图书馆几点开门？");
    await expect.poll(() => server.texts().slice(-2)).toEqual(["校园卡可以刷吗", "图书馆开门几点"]);
  });
});

describe("whose questions go where", () => {
  it("private data of a customer never reaches the service", async () => {
    await stocked();
    await saveEmbedder(shop, input());
    await build();
    await first("我的电话是 13812345678，怎么借雨伞");
    await expect.poll(() => server.texts().at(-1)).toBe("我的电话是 [PHONE]，怎么借雨伞");
    expect(JSON.stringify(server.texts())).not.toContain("13812345678");
  });

  it("the platform's service counts for a merchant without its own, until that has one, or wants none", async () => {
    const platform = await desk.agent((await desk.merchant()).merchantId, "admin");
    await desk.db.update(merchants).set({ kind: "platform" }).where(eq(merchants.id, platform.actor.merchantId));
    await stocked();
    await saveEmbedder(platform, input({ model: "platform-model", apiKey: "sk-platform" }));
    const ordered = await rowsOf(
      desk.db,
      sql`select 1 from graphile_worker.jobs where key = ${`vectors:${shop.actor.merchantId}`}`,
    );
    expect(ordered).toHaveLength(1);
    await build();
    expect(await getVectorSearch(shop)).toMatchObject({
      own: null,
      inherited: { model: "platform-model" },
      active: { model: "platform-model" },
    });
    await understood(WET);
    expect(server.requests.at(-1)?.authorization).toBe("Bearer sk-platform");

    await saveEmbedder(shop, input({ enabled: false, apiKey: "" }));
    expect(await getVectorSearch(shop)).toMatchObject({ active: null, next: null });
    const asked = server.requests.length;
    expect(await first(WET)).not.toBe(UMBRELLA);
    expect(server.requests).toHaveLength(asked);

    await removeEmbedder(shop);
    await build();
    expect((await getVectorSearch(shop)).active?.model).toBe("platform-model");
    await removeEmbedder(platform);
    expect(await getVectorSearch(shop)).toMatchObject({ inherited: null, active: null });
  });
});
