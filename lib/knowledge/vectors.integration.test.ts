import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Database, rowsOf } from "@/db/client";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { entryInput } from "./schema";
import { indexOf } from "./search/index-store";
import { searchKnowledge } from "./search/search";
import { createEntry } from "./service";
import { makeVectors } from "./vector-service";

let desk: DeskFixture;
let shop: AgentContext;
let other: Database;

beforeAll(async () => {
  desk = await createDeskFixture();
  shop = await desk.agent((await desk.merchant()).merchantId, "admin");
  other = connect(desk.url, 2);
});
afterAll(async () => {
  await other.$client.end();
  await desk.end();
});

const ENTRIES = [
  ["Where is my parcel?", ["When will my package arrive?"]],
  ["Can I get my money back?", ["How do I return something?"]],
  ["Do you open on Sundays?", []],
  ["雨伞能借吗", []],
] as const;

const search = (question: string, db: Database = desk.db) =>
  searchKnowledge({ db, merchantId: shop.actor.merchantId }, question);

const kept = () =>
  rowsOf<{ key: string; at: string; bytes: number }>(
    desk.db,
    sql`select text_hash as key, created_at::text as at, length(vector) as bytes from kb_vectors
        where merchant_id = ${shop.actor.merchantId} order by text_hash`,
  );

const queued = () =>
  rowsOf<{ count: number }>(
    desk.db,
    sql`select count(*)::int as count from graphile_worker.jobs where key = ${`vectors:${shop.actor.merchantId}`}`,
  );

describe("sentence vectors of a merchant's wordings", () => {
  it("are ordered by the search that misses them, made once, and only for texts that the model speaks", async () => {
    for (const [question, variants] of ENTRIES) {
      await createEntry(
        shop,
        entryInput.parse({ question, variants, answer: `Answer to ${question}`, status: "published" }),
      );
    }
    expect((await search("Where is my parcel?")).items[0]?.question).toBe("Where is my parcel?");
    expect(await queued()).toEqual([{ count: 1 }]);
    expect(await kept()).toEqual([]);

    await makeVectors(shop, shop.actor.merchantId);
    const made = await kept();
    expect(made).toHaveLength(5);
    expect(new Set(made.map(({ bytes }) => bytes))).toEqual(new Set([516]));

    await makeVectors(shop, shop.actor.merchantId);
    expect(await kept()).toEqual(made);
  });

  it("are read by the next search of every process, and a question of no shared word is understood by them", async () => {
    await search("warm up");
    expect((await indexOf(desk.db, shop.actor.merchantId)).hasVectors).toBe(true);
    expect((await indexOf(other, shop.actor.merchantId)).hasVectors).toBe(true);
    // The first question waits for the model to start; it is asked again until its vector is there.
    await expect
      .poll(async () => (await search("I'd like a refund please")).items[0]?.question, { timeout: 20_000 })
      .toBe("Can I get my money back?");
  });

  it("that a killed run left out are made by the next one, and the others are kept", async () => {
    const before = await kept();
    const lost = before.slice(0, 2).map(({ key }) => key);
    await desk.db.execute(sql`delete from kb_vectors where text_hash = any(${sql.param(lost)})`);
    await makeVectors(shop, shop.actor.merchantId);
    const after = await kept();
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(after.filter(({ key }) => !lost.includes(key))).toEqual(before.filter(({ key }) => !lost.includes(key)));
  });

  it("change nothing for a question in another language: words alone decide", async () => {
    const { items } = await search("雨伞能借吗");
    expect(items[0]?.question).toBe("雨伞能借吗");
    expect(items[0]?.confidence).toBeGreaterThan(0.9);
  });
});
