import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation, postReply } from "./agent-service";
import { searchMessages } from "./search-queries";
import type { SearchFilters } from "./search-schema";
import { postVisitorMessage } from "./visitor-service";

let desk: DeskFixture;
let lin: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  const shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  const customer = await desk.customer(shop);
  await desk.db
    .update(customers)
    .set({ tags: ["老客户"] })
    .where(eq(customers.id, customer.customerId));
  const id = await desk.conversation({ ...shop, ...customer });
  const visitor = { ...lin, actor: { kind: "visitor" as const, ...shop, ...customer } };
  const parts = (text: string) => [{ type: "text" as const, text }];
  const asked = await postVisitorMessage(visitor, {
    clientId: "search-01",
    conversationId: id,
    parts: parts("运费谁出"),
  });
  await claimConversation(lin, id);
  await postReply(lin, id, { clientId: "search-02", visibility: "public", parts: parts("运费我们出") });
  await postReply(lin, id, { clientId: "search-03", visibility: "internal", parts: parts("运费找仓库报") });
  await desk.db
    .update(messages)
    .set({ createdAt: new Date("2026-10-31T18:00:00Z") })
    .where(eq(messages.id, asked.message.id));
});
afterAll(() => desk.end());

const found = async (filters: SearchFilters, q = "运费") =>
  (await searchMessages(lin, { q, limit: 10, ...filters })).map(({ parts }) =>
    parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
  );

describe("a search among messages", () => {
  it("is narrowed to who wrote them, to customer, colleague, channel and tag", async () => {
    expect(await found({ from: "customer" })).toEqual(["运费谁出"]);
    expect(await found({ from: "agent" })).toEqual(["运费我们出"]);
    expect(await found({ from: "note" })).toEqual(["运费找仓库报"]);
    expect(await found({ agent: lin.actor.agentId, channel: "web", tag: "老客户" })).toHaveLength(3);
    expect(await found({ channel: "wechat" })).toEqual([]);
    expect(await found({ tag: "新客户" })).toEqual([]);
  });

  it("counts days in the merchant's time zone, both ends included", async () => {
    // 18:00 UTC on the last of October is the first of November in Shanghai.
    expect(await found({ since: "2026-11-01", until: "2026-11-01" })).toEqual(["运费谁出"]);
    expect(await found({ until: "2026-10-31" })).toEqual([]);
  });

  it("finds what only filters describe, and nothing for neither words nor filters", async () => {
    expect(await found({ from: "note" }, "")).toEqual(["运费找仓库报"]);
    expect(await found({ file: "true" }, "")).toEqual([]);
    expect(await found({}, "")).toEqual([]);
    expect(await found({ from: "customer" }, "？！")).toEqual([]);
  });
});
