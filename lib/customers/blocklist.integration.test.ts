import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages } from "@/db/schema/conversations";
import { blocklist } from "@/db/schema/customers";
import { getVisitorConversationOperation, postVisitorMessageOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import {
  blockCustomerOperation,
  blockNetworkOperation,
  listBlockedOperation,
  unblockOperation,
} from "./blocklist-operations";
import { blockCustomer, blockNetwork, isBlocked, listBlocked, parseNetwork } from "./blocklist-service";

let api: ApiFixture;
let shop: { merchantId: string; channelId: string };
let admin: Credentials;

beforeAll(async () => {
  api = await createApiFixture();
  shop = await api.desk.merchant();
  admin = (await api.signedIn(shop.merchantId, "admin")).as;
});
afterAll(() => api.end());

const write = (as: Credentials, headers: Record<string, string> = {}) =>
  api.call(postVisitorMessageOperation, {
    as,
    headers,
    body: { clientId: newId("client"), parts: [{ type: "text", text: "你好" }] },
  });
const reasonOf = async (response: Response) => ((await response.json()) as { reason: string }).reason;
const entries = async () =>
  ((await (await api.call(listBlockedOperation, { as: admin })).json()) as { items: { id: string; network: string }[] })
    .items;

describe("the blocklist (U3)", () => {
  it("stops a customer in an open conversation at once, and lets them on once they are taken off", async () => {
    const visitor = await api.visitor(shop);
    const first = await write(visitor.as);
    expect(first.status).toBe(201);
    const { message } = (await first.json()) as { message: { conversationId: string } };
    const params = { id: visitor.actor.customerId };
    const body = { reason: "辱骂", days: 1 };
    expect((await api.call(blockCustomerOperation, { as: admin, params, body })).status).toBe(200);
    const refused = await write(visitor.as);
    expect([refused.status, await reasonOf(refused)]).toEqual([403, "blocked"]);
    expect(
      (await api.call(getVisitorConversationOperation, { as: visitor.as, params: { id: message.conversationId } }))
        .status,
    ).toBe(200);
    const stored = await api.desk.db.select().from(messages).where(eq(messages.authorId, visitor.actor.customerId));
    expect(stored).toHaveLength(1);
    const [entry] = await entries();
    await api.call(unblockOperation, { as: admin, params: { id: entry?.id ?? "" } });
    expect((await write(visitor.as)).status).toBe(201);
  });

  it("stops an address and a range, of both families, and nobody beside them or at another merchant", async () => {
    for (const network of ["198.51.100.77", "203.0.113.9/24", "2001:db8:1::5/48"]) {
      expect((await api.call(blockNetworkOperation, { as: admin, body: { network } })).status, network).toBe(201);
    }
    expect((await entries()).map((entry) => entry.network).sort()).toEqual([
      "198.51.100.77/32",
      "2001:db8:1::/48",
      "203.0.113.0/24",
    ]);
    const from = (ip: string, merchantId = shop.merchantId) =>
      isBlocked(api.desk.db, { merchantId, customerId: null, ip }, new Date());
    const blocked = ["198.51.100.77", "203.0.113.200", "::ffff:203.0.113.1", "2001:db8:1:ffff::1"];
    expect(await Promise.all(blocked.map((ip) => from(ip)))).toEqual([true, true, true, true]);
    const free = ["198.51.100.78", "203.0.114.1", "2001:db8:2::1", "nonsense"];
    expect(await Promise.all(free.map((ip) => from(ip)))).toEqual([false, false, false, false]);
    expect(await from("203.0.113.200", (await api.desk.merchant()).merchantId)).toBe(false);
    const visitor = await api.visitor(shop);
    expect((await write(visitor.as, { "x-yingda-client-ip": "203.0.113.7" })).status).toBe(403);
    expect((await write(visitor.as, { "x-yingda-client-ip": "203.0.114.7" })).status).toBe(201);
  });

  it("ends by itself", async () => {
    const visitor = await api.visitor(shop);
    await api.desk.db.insert(blocklist).values({
      id: newId("block"),
      merchantId: shop.merchantId,
      customerId: visitor.actor.customerId,
      until: new Date(Date.now() - 1_000),
    });
    expect((await write(visitor.as)).status).toBe(201);
  });

  it.each(["", "no address", "203.0.113.0/33", "203.0.113.0/24/24", "300.1.1.1", "203.0.113.0/-1"])(
    "refuses %j as a network",
    (text) => expect(parseNetwork(text)).toBeUndefined(),
  );

  it("refuses half the internet, and the same range twice", async () => {
    const block = (network: string) => api.call(blockNetworkOperation, { as: admin, body: { network } });
    expect(await reasonOf(await block("0.0.0.0/0"))).toBe("network_too_wide");
    await block("192.0.2.0/24");
    expect(await reasonOf(await block("192.0.2.55/24"))).toBe("network_blocked_already");
  });

  it("is listed page by page, each entry once, and searched by name, reason, id and the address that a range holds", async () => {
    const place = await api.desk.merchant();
    const boss = await api.desk.agent(place.merchantId, "admin");
    const { customerId } = await api.desk.customer(place);
    await blockCustomer(boss, customerId, { reason: "广告" });
    for (let n = 0; n < 12; n += 1) {
      await blockNetwork(boss, `198.51.${n}.0/24`, { reason: n === 3 ? "刷屏" : "" });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listBlocked(boss, { limit: 5, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([13, 13]);
    const found = async (search: string) =>
      (await listBlocked(boss, { limit: 30, search })).items.map(({ network, customerId: id }) => network ?? id);
    expect(await found("刷屏")).toEqual(["198.51.3.0/24"]);
    expect(await found("198.51.7.33")).toEqual(["198.51.7.0/24"]);
    expect(await found(customerId)).toEqual([customerId]);
    expect(await found("广告")).toEqual([customerId]);
    expect(await found("%")).toEqual([]);
  });
});
