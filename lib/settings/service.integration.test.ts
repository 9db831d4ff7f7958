import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { merchants } from "@/db/schema/merchants";
import { auditLog } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { defineSettings } from "./definition";
import { readSettings, unreadableVariables, updateSettings, viewSettings } from "./service";

const group = defineSettings(
  "sample",
  z.object({
    limit: z.int().min(0).max(100).default(7),
    words: z.string().max(20).default("hello"),
    token: z.string().default(""),
  }),
  ["token"],
);

describe("settings", () => {
  let desk: DeskFixture;
  let admin: AgentContext;
  let merchantId: string;

  beforeAll(async () => {
    desk = await createDeskFixture();
    serveFrom(desk.db);
  });
  afterAll(() => desk.end());
  beforeEach(async () => {
    ({ merchantId } = await desk.merchant());
    admin = await desk.agent(merchantId, "admin");
  });

  it("have the defaults until somebody sets them, and again after giving a value back", async () => {
    expect(await readSettings(desk.db, merchantId, group)).toEqual({ limit: 7, words: "hello", token: "" });
    await updateSettings(admin, merchantId, group, { patch: { limit: 9 } });
    expect((await readSettings(desk.db, merchantId, group)).limit).toBe(9);
    await updateSettings(admin, merchantId, group, { patch: { limit: null } });
    expect((await readSettings(desk.db, merchantId, group)).limit).toBe(7);
  });

  it("take the platform's value where the merchant has none", async () => {
    const platformId = newId("merchant");
    await desk.db.insert(merchants).values({ id: platformId, slug: platformId, name: "P", kind: "platform" });
    await updateSettings(admin, platformId, group, { patch: { limit: 20, words: "platform" } });
    await updateSettings(admin, merchantId, group, { patch: { words: "own" } });
    expect(await readSettings(desk.db, merchantId, group)).toMatchObject({ limit: 20, words: "own" });
    await desk.db.delete(merchants).where(sql`id = ${platformId}`);
  });

  it("refuse a value out of range and a field that is not there, and change nothing", async () => {
    await expect(updateSettings(admin, merchantId, group, { patch: { words: "own", limit: 101 } })).rejects.toThrow(
      "setting_invalid",
    );
    await expect(updateSettings(admin, merchantId, group, { patch: { nope: 1 } })).rejects.toThrow("setting_unknown");
    expect((await readSettings(desk.db, merchantId, group)).words).toBe("hello");
  });

  it("tell the second of two people that the first has changed them", async () => {
    const { version } = await viewSettings(admin, merchantId, group);
    const both = [1, 2].map((limit) => updateSettings(admin, merchantId, group, { patch: { limit }, version }));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("bow to the environment, which nobody overrides from inside; a variable that does not fit is named", async () => {
    vi.stubEnv("YINGDA_SETTING_SAMPLE_LIMIT", "42");
    vi.stubEnv("YINGDA_SETTING_SAMPLE_WORDS", "far more words than this field has room for");
    await updateSettings(admin, merchantId, group, { patch: { words: "own" } });
    expect(await readSettings(desk.db, merchantId, group)).toMatchObject({ limit: 42, words: "own" });
    expect((await viewSettings(admin, merchantId, group)).fixed).toEqual({ limit: "YINGDA_SETTING_SAMPLE_LIMIT" });
    await expect(updateSettings(admin, merchantId, group, { patch: { limit: 1 } })).rejects.toThrow("setting_fixed");
    expect(unreadableVariables(group)).toEqual(["YINGDA_SETTING_SAMPLE_WORDS"]);
    vi.stubEnv("YINGDA_SETTING_SAMPLE_LIMIT", "");
    vi.stubEnv("YINGDA_SETTING_SAMPLE_WORDS", "");
    expect((await readSettings(desk.db, merchantId, group)).limit).toBe(7);
  });

  it("seal secrets, never show them, and keep them out of the audit log", async () => {
    await updateSettings(admin, merchantId, group, { patch: { token: "very secret", limit: 3 } });
    expect((await readSettings(desk.db, merchantId, group)).token).toBe("very secret");
    const view = await viewSettings(admin, merchantId, group);
    expect(view).toEqual({
      values: { limit: 3, words: "hello" },
      inherited: { limit: 7, words: "hello" },
      fixed: {},
      own: ["limit", "token"],
      secretsSet: ["token"],
      version: 1,
    });
    const stored = await rowsOf<{ value: unknown }>(
      desk.db,
      sql`select value from settings where merchant_id = ${merchantId}`,
    );
    const audited = await desk.db.select().from(auditLog).where(sql`merchant_id = ${merchantId}`);
    expect(audited).toHaveLength(1);
    expect(JSON.stringify([stored, audited])).not.toContain("very secret");
  });
});
