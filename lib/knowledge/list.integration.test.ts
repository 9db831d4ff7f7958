import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { listEntries } from "./queries";
import { COUNTED_MAX } from "./schema";

let desk: DeskFixture;
let admin: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  admin = await desk.agent((await desk.merchant()).merchantId, "admin");
  const { merchantId } = admin.actor;
  const entry = (id: string, question: string, variants: string[], answer: string, category = "") => sql`
    insert into kb_entries (id, merchant_id, status, question, variants, answer, category)
    values (${id}, ${merchantId}, 'published', ${question}, ${sql.param(variants)}::text[], ${answer}, ${category})`;
  await desk.db.execute(entry("kbe_a", "怎么退货", ["能退吗", "Return an item"], "七天之内可以退。", "售后"));
  await desk.db.execute(entry("kbe_b", "多久到货", [], "三天，退货另算 100%。", "物流"));
  await desk.db.execute(entry("kbe_c", "货到了怎么退", [], "先联系客服。", "售后"));
});
afterAll(() => desk.end());

const ids = async (filter: { search?: string; category?: string }) =>
  (await listEntries(admin, { ...filter, limit: 30 })).items.map(({ id }) => id).sort();

it.each([
  ["退货", ["kbe_a", "kbe_b"]],
  ["退", ["kbe_a", "kbe_b", "kbe_c"]],
  ["RETURN an", ["kbe_a"]],
  ["100%", ["kbe_b"]],
  ["退%货", []],
  ["货 退", []],
  ["没有的", []],
])(
  "a search for %s finds it in question, wordings and answer, together and in no other order",
  async (search, found) => {
    expect(await ids({ search })).toEqual(found);
  },
);

it("categories are those in use, and a long list is counted as far as anybody reads", async () => {
  const { categories, total } = await listEntries(admin, { limit: 1 });
  expect([categories, total]).toEqual([["售后", "物流"].sort(), 3]);
  expect(await ids({ category: "售后" })).toEqual(["kbe_a", "kbe_c"]);
  await desk.db.execute(
    sql`insert into kb_entries (id, merchant_id, status, question, answer)
        select 'kbe_x' || n, ${admin.actor.merchantId}, 'draft', 'q' || n, 'a' from generate_series(1, ${COUNTED_MAX}::int) n`,
  );
  expect((await listEntries(admin, { limit: 1 })).total).toBe(COUNTED_MAX + 1);
});
