import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { aiCalls, aiProviders } from "@/db/schema/bot";
import { auditLog } from "@/db/schema/operations";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { chainOf } from "./provider-models";
import { type ProviderInput, providerInput } from "./provider-schema";
import {
  createProvider,
  deleteProvider,
  listProviders,
  orderProviders,
  testProvider,
  updateProvider,
} from "./provider-service";

let desk: DeskFixture;
let server: OpenAiServer;
let admin: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  server = await startOpenAiServer();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(server.baseUrl).host);
});
afterAll(async () => {
  await server.stop();
  await desk.end();
});
beforeEach(async () => {
  admin = await desk.agent((await desk.merchant()).merchantId, "admin");
});

function input(fields: Partial<ProviderInput> = {}): ProviderInput {
  return providerInput.parse({
    name: "模型",
    kind: "openai",
    baseUrl: server.baseUrl,
    model: "m",
    apiKey: "sk-very-secret",
    options: { inputPrice: 2, outputPrice: 8 },
    ...fields,
  });
}

describe("providers", () => {
  it("keep their keys sealed, out of every answer and out of the audit log", async () => {
    const created = await createProvider(admin, input({ extraSecret: "second-secret" }));
    await updateProvider(admin, created.id, { name: "新名字", apiKey: "sk-newer-secret" });
    const shown = JSON.stringify([
      await listProviders(admin),
      await desk.db.select().from(aiProviders),
      await desk.db.select().from(auditLog).where(eq(auditLog.targetId, created.id)),
    ]);
    expect(shown).not.toMatch(/very-secret|newer-secret|second-secret/);
    const [listed] = await listProviders(admin);
    expect(listed).toMatchObject({ name: "新名字", hasKey: true, hasExtraSecret: true, version: 2 });
  });

  it("are asked in the order that was given, without those that are off", async () => {
    const [a, b, c] = [
      await createProvider(admin, input({ name: "甲" })),
      await createProvider(admin, input({ name: "乙" })),
      await createProvider(admin, input({ name: "丙", enabled: false })),
    ];
    await orderProviders(admin, [c.id, b.id]);
    expect((await listProviders(admin)).map(({ name }) => name)).toEqual(["丙", "乙", "甲"]);
    const links = await chainOf(admin, admin.actor.merchantId);
    expect(links.map(({ id }) => id)).toEqual([b.id, a.id]);
  });

  it("do not send a key to an address that it was not typed for", async () => {
    const { id } = await createProvider(admin, input());
    const baseUrl = "https://elsewhere.example/v1";
    await expect(updateProvider(admin, id, { baseUrl })).rejects.toThrow("provider_key_again");
    expect(await updateProvider(admin, id, { baseUrl, apiKey: "sk-other" })).toMatchObject({ baseUrl, hasKey: true });
  });

  it("tell the second of two people that the first has changed one, and are gone when deleted", async () => {
    const { id, version } = await createProvider(admin, input());
    await updateProvider(admin, id, { enabled: false, version });
    await expect(updateProvider(admin, id, { enabled: true, version })).rejects.toThrow("stale_version");
    await deleteProvider(admin, id);
    await expect(deleteProvider(admin, id)).rejects.toThrow("provider_not_found");
  });

  it("are tested with a real call whose tokens, cost and time are kept", async () => {
    const { id } = await createProvider(admin, input());
    server.behave({ kind: "answer", words: ["我是助手。"] });
    expect(await testProvider(admin, id)).toMatchObject({ outcome: "ok", text: "我是助手。", inputTokens: 120 });
    expect(server.requests.at(-1)?.authorization).toBe("Bearer sk-very-secret");
    const [call] = await desk.db.select().from(aiCalls).where(eq(aiCalls.providerId, id));
    expect(call).toMatchObject({ purpose: "test", outcome: "ok", costMicros: 120 * 2 + 20 * 8 });
    const [listed] = await listProviders(admin);
    expect(listed?.numbers).toMatchObject({ calls: 1, failures: 0, lastOutcome: "ok", costMicros: 400 });
  });

  it("say what a refusing service said, and that a private address is not reached (T56)", async () => {
    const { id } = await createProvider(admin, input());
    server.behave({ kind: "status", status: 401, body: '{"error":{"message":"bad key"}}' });
    expect(await testProvider(admin, id)).toMatchObject({
      outcome: "unauthorized",
      detail: expect.stringContaining("bad key"),
    });
    for (const baseUrl of ["http://127.0.0.1:9/v1", "http://169.254.169.254/latest", "http://[::1]:80/v1"]) {
      const inside = await createProvider(admin, input({ baseUrl }));
      expect(await testProvider(admin, inside.id)).toMatchObject({ outcome: "blocked" });
    }
  });
});
