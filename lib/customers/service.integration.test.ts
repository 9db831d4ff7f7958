import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ratings } from "@/db/schema/conversations";
import { auditLog } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getCustomer } from "./queries";
import { customer as customerSchema } from "./schema";
import { updateCustomer } from "./service";

describe("customer profiles", () => {
  let fixture: DeskFixture;
  let agent: AgentContext;
  let stranger: AgentContext;
  let customerId: string;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    const shop = await fixture.merchant();
    agent = await fixture.agent(shop.merchantId);
    stranger = await fixture.agent((await fixture.merchant()).merchantId);
    const known = await fixture.customer(shop);
    customerId = known.customerId;
    const conversationId = await fixture.conversation({ ...shop, ...known });
    await fixture.db
      .insert(ratings)
      .values({ id: newId("rating"), conversationId, merchantId: shop.merchantId, customerId, stars: 4 });
  });
  afterAll(() => fixture.end());

  async function auditRows() {
    return fixture.db.select().from(auditLog).where(eq(auditLog.targetId, customerId));
  }

  it("shows identities, history and mean rating, and never the visitor's address", async () => {
    const profile = customerSchema.parse(await getCustomer(agent, customerId));
    expect(profile.identities).toEqual([
      { channelType: "web", channelName: "官网", externalId: customerId, verified: true },
    ]);
    expect(profile.satisfactionScore).toBe(4);
    expect(profile.conversations).toMatchObject([{ status: "bot", stars: 4 }]);
    expect(profile.context).toEqual({ url: "https://shop.example/cart", title: "购物车" });
    expect(JSON.stringify(profile)).not.toContain("203.0.113.9");
  });

  it("changes only the fields that were sent and tells the audit log what they were", async () => {
    await updateCustomer(agent, customerId, { phone: "13800000000", tags: ["老客户", "老客户"] });
    const after = await updateCustomer(agent, customerId, { note: "  喜欢自提 \u0000" });
    expect(after).toMatchObject({ name: "陈同学", phone: "13800000000", tags: ["老客户"], note: "喜欢自提" });
    // In any order: both may have been written in the same millisecond.
    const rows = (await auditRows()).map(({ before, after: changed }) => ({ before, changed }));
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      before: { phone: null, tags: [] },
      changed: { phone: "13800000000", tags: ["老客户"] },
    });
    expect(rows).toContainEqual({ before: { note: null }, changed: { note: "喜欢自提" } });
  });

  it("writes nothing when what is saved is already there", async () => {
    const before = (await auditRows()).length;
    await updateCustomer(agent, customerId, { name: "陈同学" });
    expect((await auditRows()).length).toBe(before);
  });

  it("empties a field that was cleared", async () => {
    expect((await updateCustomer(agent, customerId, { phone: "  " })).phone).toBeNull();
  });

  it("hides another merchant's customer as if there were none (T39)", async () => {
    await expect(getCustomer(stranger, customerId)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateCustomer(stranger, customerId, { name: "x" })).rejects.toMatchObject({ code: "not_found" });
    expect((await getCustomer(agent, customerId)).name).toBe("陈同学");
  });
});
