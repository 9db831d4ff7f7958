import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metricFacts } from "@/db/schema/operations";
import { claimConversation } from "@/lib/conversations/agent-service";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getOwnNumbers } from "./own-queries";

describe("an agent's own numbers", () => {
  let desk: DeskFixture;
  beforeAll(async () => {
    desk = await createDeskFixture();
  });
  afterAll(() => desk.end());

  it("count the agent's own results of today, in the merchant's time zone, and nobody else's", async () => {
    const shop = await desk.merchant();
    const agent = await desk.agent(shop.merchantId);
    const colleague = await desk.agent(shop.merchantId, "agent", "小周");
    const conversationId = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
    await claimConversation(agent, conversationId);
    // Noon in Shanghai; 17:00 UTC of the day before is one in the morning there, 15:00 is still yesterday.
    const now = new Date("2026-11-21T04:00:00Z");
    const fact = (agentId: string, kind: string, value: number, at: string) => ({
      merchantId: shop.merchantId,
      conversationId,
      agentId,
      kind,
      value,
      occurredAt: new Date(at),
    });
    const own = agent.actor.agentId;
    await desk.db
      .insert(metricFacts)
      .values([
        fact(own, "resolution", 600, "2026-11-20T17:00:00Z"),
        fact(own, "resolution", 600, "2026-11-20T15:00:00Z"),
        fact(own, "first_response", 10, "2026-11-21T01:00:00Z"),
        fact(own, "first_response", 30, "2026-11-21T02:00:00Z"),
        fact(own, "rating", 4, "2026-11-21T02:00:00Z"),
        fact(own, "rating", 5, "2026-11-21T03:00:00Z"),
        fact(colleague.actor.agentId, "rating", 1, "2026-11-21T03:00:00Z"),
      ]);
    expect(await getOwnNumbers({ ...agent, now: () => now })).toMatchObject({
      open: 1,
      capacity: 5,
      waiting: 0,
      longestWaitSeconds: null,
      resolvedToday: 1,
      firstResponseSeconds: 20,
      satisfaction: 4.5,
      ratings: 2,
    });
    expect(await getOwnNumbers({ ...colleague, now: () => now })).toMatchObject({
      open: 0,
      firstResponseSeconds: null,
      satisfaction: 1,
    });
  });
});
