import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { merchants } from "@/db/schema/merchants";
import { listCases, runCases } from "@/lib/bot/case-service";
import { getQuality } from "@/lib/bot/quality-queries";
import { listSuggestions } from "@/lib/bot/suggestion-service";
import { listVotes } from "@/lib/bot/vote-queries";
import type { ActorOf } from "@/lib/core/actor";
import { findAnswers } from "@/lib/knowledge/queries";
import type { Context } from "@/lib/platform/context";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { drainJobs } from "@/lib/testing/due-jobs";
import { serveFrom } from "@/lib/testing/environment";
import { demoContent } from "./content";
import { seedDemo } from "./seed-demo";
import { contextFor, SHOP } from "./seed-samples";

let desk: DeskFixture;
let shop: Context<ActorOf<"key">>;

beforeAll(async () => {
  desk = await createDeskFixture();
  vi.stubEnv("DATABASE_URL", desk.url);
  serveFrom(desk.db);
  await seedDemo({ databaseUrl: desk.url, url: "http://localhost" });
  const [row] = await desk.db.select({ id: merchants.id }).from(merchants).where(eq(merchants.slug, SHOP));
  const merchantId = row?.id ?? "";
  shop = {
    ...contextFor(desk.db, merchantId, new Date()),
    actor: { kind: "key", keyId: "key_demo", merchantId, scopes: ["*"], name: "demo" },
  };
}, 120_000);
afterAll(() => desk.end());

describe("the demo shop", () => {
  it("has regression cases that truly pass", async () => {
    expect((await listCases(shop)).length).toBeGreaterThanOrEqual(10);
    expect((await runCases(shop, "manual")).failed).toEqual([]);
  });

  it("tells of a month how its bot did, of what stands in its conversations", async () => {
    const quality = await getQuality(shop, { days: 30 });
    expect(quality.days.length).toBeGreaterThanOrEqual(28);
    expect(Math.min(quality.answered, quality.unknown, quality.handoff)).toBeGreaterThan(20);
    expect(quality.confidence).toBeGreaterThan(0.6);
    expect(quality.handoffReasons.map(({ reason }) => reason)).toContain("requested");
    expect(quality.votes.helpful).toBeGreaterThan(quality.votes.unhelpful);
    // Each turn is found by the message that it became, where it became one.
    const [lost] = await rowsOf<{ count: number }>(
      desk.db,
      sql`select count(*)::int as count from bot_turns t where t.decision = 'answer' and not exists (
            select 1 from messages m where m.conversation_id = t.conversation_id and m.client_id = t.answer_id)`,
    );
    expect(lost?.count).toBe(0);
    const [first] = await listVotes(shop, { helpful: false, limit: 10 });
    expect(first?.question).not.toBe("");
  });

  it("is about as sure of its answers as its search is today", async () => {
    const rows = await desk.db
      .select()
      .from(knowledgeEntries)
      .where(eq(knowledgeEntries.merchantId, shop.actor.merchantId));
    const ids = new Map(rows.map(({ externalId, id }) => [externalId, id]));
    const { dialogues, certainty } = demoContent();
    const differences: number[] = [];
    for (const { turns } of dialogues) {
      for (const [index, { entryId }] of turns.entries()) {
        const asked = turns[index - 1];
        const noted = asked && certainty[asked.text];
        if (asked && noted !== undefined) {
          const { items } = await findAnswers(shop, asked.text, { as: "everyone", limit: 20 });
          const hit = items.find((item) => item.entryId === ids.get(entryId ?? ""));
          differences.push(Math.abs((hit?.confidence ?? 0) - noted));
        }
      }
    }
    expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(0.1);
  });

  it("offers what agents answered well, by the product's own jobs", async () => {
    await drainJobs(desk.db);
    const offered = await listSuggestions(shop, 50);
    expect(offered.length).toBeGreaterThanOrEqual(5);
    const gaps = demoContent().gaps.map(({ question }) => question);
    expect(offered.filter(({ question }) => !gaps.includes(question))).toEqual([]);
  });
});
