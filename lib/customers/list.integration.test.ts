import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { customers } from "@/db/schema/customers";
import { exportCustomers } from "@/lib/composition/customer-export";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import type { AgentContext } from "@/lib/testing/desk-fixture";
import { blockCustomer } from "./blocklist-service";
import { type CustomerFilter, listCustomers } from "./list-queries";

let api: ApiFixture;
let shop: { merchantId: string; channelId: string };
let boss: AgentContext;
const ids: string[] = [];

beforeAll(async () => {
  api = await createApiFixture();
  shop = await api.desk.merchant();
  boss = await api.desk.agent(shop.merchantId, "admin");
  for (let n = 0; n < 12; n += 1) {
    const known = await api.desk.customer(shop);
    ids.push(known.customerId);
    await api.desk.db
      .update(customers)
      .set({ name: `客户${n}`, createdAt: new Date(Date.UTC(2026, 10, 1, 0, n)), tags: n % 3 === 0 ? ["老客户"] : [] })
      .where(eq(customers.id, known.customerId));
  }
  const [first = "", second = ""] = ids;
  await api.desk.db
    .update(customers)
    .set({ name: "=cmd|' /C calc'!A0", phone: "13800001234", email: "wang@shop.example" })
    .where(eq(customers.id, first));
  await blockCustomer(boss, second, { reason: "广告" });
});
afterAll(() => api.end());

async function all(filter: Omit<CustomerFilter, "limit">, who = boss): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCustomers(who, { ...filter, limit: 5, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return seen;
}

it("customers come page by page, the latest first, each once, and only those of one's own merchant", async () => {
  expect(await all({})).toEqual([...ids].reverse());
  const stranger = await api.desk.agent((await api.desk.merchant()).merchantId, "admin");
  expect(await all({}, stranger)).toEqual([]);
});

it("are found by part of name, mail address and number, by id, by tag, and those that are blocked", async () => {
  const [first, second] = ids;
  for (const search of ["SHOP.example", "0000123", first]) {
    expect(await all({ search })).toEqual([first]);
  }
  expect(await all({ search: "客户1" })).toEqual([ids[11], ids[10], second]);
  expect(await all({ tag: "老客户" })).toEqual([ids[9], ids[6], ids[3], first]);
  expect(await all({ blocked: "true" })).toEqual([second]);
  for (const search of ["%", "_", "' or true --"]) {
    expect(await all({ search })).toEqual([]);
  }
});

it("who only opened the chat is nobody to look after yet", async () => {
  const { customerId } = await api.desk.customer(shop);
  await api.desk.db.update(customers).set({ name: null }).where(eq(customers.id, customerId));
  expect(await all({})).not.toContain(customerId);
});

it("lead to what they said last, and say how often they came", async () => {
  const known = await api.desk.customer(shop);
  const old = await api.desk.conversation({ ...shop, ...known });
  const { items } = await listCustomers(boss, { limit: 1 });
  expect(items[0]).toMatchObject({ id: known.customerId, conversations: 1, lastConversationId: old });
  expect(Date.parse(items[0]?.lastMessageAt ?? "")).toBeGreaterThan(0);
  await api.desk.db.delete(customers).where(eq(customers.id, known.customerId));
});

it("go along as a file without formulas, with whoever looks after customers", async () => {
  const take = (headers: Credentials) =>
    exportCustomers(new Request(`${APP_URL}/api/v1/customers/export?format=csv&tag=老客户`, { headers }));
  const { as: agent } = await api.signedIn(shop.merchantId, "agent");
  const { as: supervisor } = await api.signedIn(shop.merchantId, "supervisor");
  expect((await take(agent)).status).toBe(403);
  const text = await (await take(supervisor)).text();
  expect(text.trim().split("\r\n")).toHaveLength(5);
  expect(text).toContain(",'=cmd|' /C calc'!A0,");
});
