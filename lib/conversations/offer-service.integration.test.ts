import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { conversations, domainEvents } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { updateSettings } from "@/lib/settings/service";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation, postReply, resolveConversation } from "./agent-service";
import { answerOffer, expireOffers, listOffers, withdrawOffer } from "./offer-service";
import { routingSettings } from "./settings-schema";
import { transferConversation } from "./transfer-service";

let desk: DeskFixture;
let lin: AgentContext;
let wang: AgentContext;
let boss: AgentContext;
let id: string;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  const shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  wang = await desk.agent(shop.merchantId, "agent", "小王");
  boss = await desk.agent(shop.merchantId, "supervisor", "周主管");
  await desk.db.update(memberships).set({ presence: "online" }).where(eq(memberships.merchantId, shop.merchantId));
  id = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
  await claimConversation(lin, id);
});

const assignee = async () =>
  (await desk.db.select().from(conversations).where(eq(conversations.id, id)))[0]?.assigneeId;
const handTo = (agent: AgentContext) => ({ to: { kind: "agent" as const, agentId: agent.actor.agentId } });
const outcomes = async () =>
  (
    await desk.db
      .select({ payload: domainEvents.payload })
      .from(domainEvents)
      .where(sql`conversation_id = ${id} and type = 'conversation.offer_answered'`)
  ).map(({ payload }) => payload["outcome"]);
async function offered(): Promise<string> {
  await transferConversation(lin, id, { ...handTo(wang), note: "懂退款" });
  const [offer] = await listOffers(wang);
  expect(offer).toMatchObject({ incoming: true, note: "懂退款", from: { name: "小林" }, conversationId: id });
  return offer?.id ?? "";
}

describe("handing one's conversation to a colleague", () => {
  it("moves it when they take it, not before; both see it until then", async () => {
    const offer = await offered();
    expect(await assignee()).toBe(lin.actor.agentId);
    expect(await listOffers(lin)).toMatchObject([{ id: offer, incoming: false }]);
    await answerOffer(wang, offer, { accept: true, reason: "" });
    expect(await assignee()).toBe(wang.actor.agentId);
    expect([await listOffers(lin), await listOffers(wang)]).toEqual([[], []]);
  });

  it("leaves it where it is when they decline, are withdrawn from, or do not answer in time", async () => {
    await answerOffer(wang, await offered(), { accept: false, reason: "在开会" });
    await withdrawOffer(lin, await offered());
    await offered();
    await expireOffers({ ...lin, now: () => new Date(Date.now() + 61_000) });
    expect(await assignee()).toBe(lin.actor.agentId);
    expect(await listOffers(wang)).toEqual([]);
    expect(await outcomes()).toEqual(["declined", "withdrawn", "expired"]);
  });

  it("cannot be taken twice, late, by another, or after it was solved", async () => {
    const offer = await offered();
    const take = (agent: AgentContext) => answerOffer(agent, offer, { accept: true, reason: "" });
    await expect(take(boss)).rejects.toMatchObject({ reason: "offer_not_found" });
    const late = { ...wang, now: () => new Date(Date.now() + 61_000) };
    await expect(take(late)).rejects.toMatchObject({ reason: "offer_over" });
    const both = await Promise.allSettled([take(wang), take(wang)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await transferConversation(wang, id, handTo(lin));
    const [back] = await listOffers(lin);
    await resolveConversation(wang, id);
    await expect(answerOffer(lin, back?.id ?? "", { accept: true, reason: "" })).rejects.toMatchObject({
      reason: "offer_over",
    });
  });

  it("takes the place of an earlier one, and ends when it goes elsewhere", async () => {
    await offered();
    await transferConversation(lin, id, handTo(boss));
    expect(await listOffers(wang)).toEqual([]);
    await transferConversation(lin, id, { to: { kind: "queue" } });
    expect(await listOffers(boss)).toEqual([]);
  });

  it("needs room at the colleague's when they take it, and stays open without", async () => {
    const offer = await offered();
    await desk.db.update(memberships).set({ capacity: 0 }).where(eq(memberships.id, wang.actor.agentId));
    await expect(answerOffer(wang, offer, { accept: true, reason: "" })).rejects.toMatchObject({
      reason: "at_capacity",
    });
    expect(await listOffers(wang)).toHaveLength(1);
  });

  it("asks nobody where the merchant switched that off, or a supervisor gives somebody's conversation away", async () => {
    await transferConversation(boss, id, handTo(wang));
    expect(await assignee()).toBe(wang.actor.agentId);
    const admin = { ...boss, actor: { ...boss.actor, role: "admin" as const } };
    await updateSettings(admin, boss.actor.merchantId, routingSettings, { patch: { offerSeconds: 0 } });
    await transferConversation(wang, id, handTo(lin));
    expect(await assignee()).toBe(lin.actor.agentId);
  });
});

describe("a supervisor's advice", () => {
  const whisper = (agent: AgentContext) =>
    postReply(agent, id, {
      clientId: `whisper-${agent.actor.name}`,
      visibility: "internal",
      parts: [{ type: "text", text: "先道歉" }, { type: "whisper" }],
    });

  it("is a note for the one who has the conversation, and a fact that tells them", async () => {
    const message = await whisper(boss);
    expect(message).toMatchObject({
      visibility: "internal",
      parts: [
        { type: "whisper", agentId: lin.actor.agentId, name: "小林" },
        { type: "text", text: "先道歉" },
      ],
    });
    const told = await rowsOf<{ agent: string }>(
      desk.db,
      sql`select payload ->> 'agentId' as agent from domain_events
          where conversation_id = ${id} and type = 'conversation.whispered'`,
    );
    expect(told).toEqual([{ agent: lin.actor.agentId }]);
  });

  it("is refused to who is no supervisor, and where there is nobody to advise", async () => {
    await expect(whisper(wang)).rejects.toMatchObject({ code: "forbidden" });
    await resolveConversation(lin, id);
    await desk.db.update(conversations).set({ assigneeId: null }).where(eq(conversations.id, id));
    await expect(whisper(boss)).rejects.toMatchObject({ reason: "whisper_nobody" });
  });
});
