import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { memberships } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { auditLog } from "@/db/schema/operations";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, visitorToken } from "@/lib/testing/environment";
import { claimConversation, postReply, reopenConversation, resolveConversation } from "./agent-service";
import { handedConversation, whereTheyTalk } from "./handed-on-queries";
import { handToMerchant } from "./merchant-handover-service";
import { getConversation, listMessages, listPublicMessages } from "./queries";
import { receivingMerchants } from "./receiving-merchant-queries";
import { startSession } from "./sessions";
import { businessHoursSettings, handoverSettings, routingSettings } from "./settings-schema";
import { searchOwnMessages } from "./visitor-search-queries";
import { ownConversation, postVisitorMessage } from "./visitor-service";
import { visitorState } from "./visitor-state";

type Shop = Awaited<ReturnType<DeskFixture["merchant"]>>;

let desk: DeskFixture;
let platform: Shop;
let shop: Shop;
let lin: AgentContext;
let fang: AgentContext;
let visitor: VisitorContext;
let id: string;

const said = (text: string) => ({ clientId: `cli_${text}_${id}`, parts: [{ type: "text" as const, text }] });
const texts = (items: readonly { parts: readonly object[] }[]) =>
  items.flatMap(({ parts }) => parts.flatMap((part) => ("text" in part ? [String(part.text)] : [])));
const handOn = (note = "") => handToMerchant(lin, id, { merchantId: shop.merchantId, note });

/** The visitor's conversation as their page sees it after asking for the one it knows. */
async function standing(known = id) {
  const row = await whereTheyTalk(visitor, known, (context) => ownConversation(context, known));
  return visitorState(visitor.db, row);
}
const write = (text: string, conversationId?: string) =>
  whereTheyTalk(visitor, conversationId ?? "", (context) =>
    postVisitorMessage(context, { ...said(text), ...(conversationId && { conversationId }) }),
  );

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  platform = await desk.merchant();
  await desk.db.update(merchants).set({ kind: "platform", name: "集市" }).where(eq(merchants.id, platform.merchantId));
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  lin = await desk.agent(platform.merchantId, "agent", "小林");
  fang = await desk.agent(shop.merchantId, "agent", "小方");
  await desk.db.update(memberships).set({ presence: "online", capacity: 50 });
  visitor = await createVisitor(desk, platform);
  const first = await postVisitorMessage(visitor, {
    clientId: `cli_first_${shop.channelId}`,
    parts: [{ type: "text", text: "包裹破了" }],
  });
  id = first.conversation.id;
  await claimConversation(lin, id);
  await postReply(lin, id, { ...said("我看一下"), visibility: "public" });
  await postReply(lin, id, { ...said("老客户，别得罪"), visibility: "internal" });
});

describe("handing a conversation to another merchant", () => {
  it("goes on there with what the customer may read and the note; notes, tags and contacts stay", async () => {
    await desk.db
      .update(customers)
      .set({ tags: ["VIP"], phone: "13800000000", note: "投诉过" })
      .where(eq(customers.id, visitor.actor.customerId));
    const ended = await handOn("请你们赔付");
    expect(ended.status).toBe("resolved");
    const { id: there, continues, status } = await standing();
    expect({ continues, status }).toEqual({ continues: [id], status: "queued" });
    const { items } = await listMessages(fang, there, { limit: 50 });
    expect(texts(items)).toEqual(["包裹破了", "我看一下"]);
    expect(JSON.stringify(items)).toContain("请你们赔付");
    expect(JSON.stringify(items)).not.toContain("别得罪");
    const { customer } = await getConversation(fang, there);
    const [profile] = await desk.db.select().from(customers).where(eq(customers.id, customer.id));
    expect(profile).toMatchObject({ merchantId: shop.merchantId, name: "陈同学", tags: [], phone: null, note: null });
    const [row] = await desk.db.select().from(conversations).where(eq(conversations.id, there));
    expect(row).toMatchObject({ unreadCount: 0, originIdentityId: visitor.actor.identityId });
    expect(row?.context.ip).toBeUndefined();
  });

  it("the visitor is told and writes on in the same chat, and nobody else can", async () => {
    await handOn();
    const { id: there } = await standing();
    const shown = await listPublicMessages(visitor, there, { limit: 50 });
    expect(JSON.stringify(shown.items)).toContain("handed_over");
    expect((await write("还在吗", there)).conversation.id).toBe(there);
    // A page that has not heard of it yet is told that the old one ended, and writes without naming one.
    await expect(write("旧的", id)).rejects.toMatchObject({ reason: "conversation_ended" });
    expect((await write("再问一句")).conversation.id).toBe(there);
    await claimConversation(fang, there);
    await postReply(fang, there, { ...said("我们赔"), visibility: "public" });
    expect(texts((await listPublicMessages(visitor, there, { limit: 50 })).items)).toContain("我们赔");
    const stranger = await createVisitor(desk, platform);
    expect(await handedConversation(stranger, there)).toBeUndefined();
    const asStranger = whereTheyTalk(stranger, there, (context) => ownConversation(context, there));
    await expect(asStranger).rejects.toMatchObject({ code: "not_found" });
    await expect(getConversation(lin, there)).rejects.toMatchObject({ code: "not_found" });
    await expect(getConversation(fang, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is there after a reload, found once by the visitor's search, and over when it is over", async () => {
    await handOn();
    const { id: there } = await standing();
    const session = await startSession(
      { ...visitor, actor: { kind: "anonymous" } },
      { channelId: platform.channelId, token: visitorToken(visitor) },
    );
    expect(session.conversation?.id).toBe(there);
    expect(texts(session.messages)).toContain("包裹破了");
    await write("单号 8842", there);
    expect(await searchOwnMessages(visitor, { q: "包裹", limit: 10 })).toHaveLength(1);
    expect(await searchOwnMessages(visitor, { q: "8842", limit: 10 })).toHaveLength(1);
    await resolveConversation(fang, there);
    expect(await standing()).toMatchObject({ id: there, status: "resolved" });
    const next = await write("另一件事");
    expect(next.conversation.merchant_id).toBe(platform.merchantId);
  });

  it("stands in both logs, each in its own merchant's", async () => {
    await handOn();
    const { id: there } = await standing();
    const logs = await desk.db
      .select({ merchantId: auditLog.merchantId, action: auditLog.action, targetId: auditLog.targetId })
      .from(auditLog)
      .where(sql`action in ('conversation.handed_on', 'conversation.received') and target_id in (${id}, ${there})`);
    expect(logs).toEqual(
      expect.arrayContaining([
        { merchantId: platform.merchantId, action: "conversation.handed_on", targetId: id },
        { merchantId: shop.merchantId, action: "conversation.received", targetId: there },
      ]),
    );
  });

  it("can be handed back to the customer whom the first merchant knows", async () => {
    await handOn();
    const { id: there } = await standing();
    await claimConversation(fang, there);
    await handToMerchant(fang, there, { merchantId: platform.merchantId });
    const back = await standing();
    expect(back).toMatchObject({ status: "queued", continues: [there, id] });
    const [row] = await desk.db.select().from(conversations).where(eq(conversations.id, back.id));
    expect(row).toMatchObject({ customerId: visitor.actor.customerId, originIdentityId: null });
    expect((await write("回来了", back.id)).conversation.id).toBe(back.id);
    await expect(reopenConversation(lin, id)).rejects.toMatchObject({ reason: "handed_on" });
  });

  it("happens once when two agents hand it on in the same moment", async () => {
    const boss = await desk.agent(platform.merchantId, "supervisor", "周主管");
    const tries = await Promise.allSettled([handOn(), handToMerchant(boss, id, { merchantId: shop.merchantId })]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const opened = await rowsOf(desk.db, sql`select 1 from conversations where handed_from_id = ${id}`);
    expect(opened).toHaveLength(1);
  });
});

describe("whom a merchant takes from", () => {
  const offered = async () => (await receivingMerchants(lin, id, "")).some((found) => found.id === shop.merchantId);

  it("is its own choice: the platform, everybody, nobody", async () => {
    expect(await offered()).toBe(true);
    const admin = await desk.agent(shop.merchantId, "admin");
    await updateSettings(admin, shop.merchantId, handoverSettings, { patch: { accepts: "none" } });
    expect(await offered()).toBe(false);
    await expect(handOn()).rejects.toMatchObject({ reason: "merchant_not_receiving" });
  });

  it("merchants hand to each other only where the receiver wants it", async () => {
    const neighbour = await desk.merchant();
    const ned = await desk.agent(neighbour.merchantId, "agent", "老邻");
    const own = await desk.conversation({ ...neighbour, ...(await desk.customer(neighbour)) });
    const toShop = () => receivingMerchants(ned, own, "").then((items) => items.map((item) => item.id));
    expect(await toShop()).not.toContain(shop.merchantId);
    expect(await toShop()).toContain(platform.merchantId);
    const admin = await desk.agent(shop.merchantId, "admin");
    await updateSettings(admin, shop.merchantId, handoverSettings, { patch: { accepts: "all" } });
    expect(await toShop()).toContain(shop.merchantId);
  });

  it("nobody is sent where nobody answers, and nothing changes then", async () => {
    const admin = await desk.agent(shop.merchantId, "admin");
    await updateSettings(admin, shop.merchantId, businessHoursSettings, { patch: { enabled: true, hours: [] } });
    await expect(handOn()).rejects.toMatchObject({ reason: "merchant_closed" });
    await updateSettings(admin, shop.merchantId, businessHoursSettings, { patch: { enabled: false } });
    await updateSettings(admin, shop.merchantId, routingSettings, { patch: { maximumQueue: 1 } });
    const waiting = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
    await desk.db
      .update(conversations)
      .set({ status: "queued", queuedAt: new Date() })
      .where(eq(conversations.id, waiting));
    await expect(handOn()).rejects.toMatchObject({ reason: "merchant_full" });
    expect(await getConversation(lin, id)).toMatchObject({ status: "assigned" });
    expect(await desk.db.select().from(messages).where(eq(messages.merchantId, shop.merchantId))).toEqual([]);
  });
});
