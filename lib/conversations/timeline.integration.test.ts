import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { channels } from "@/db/schema/channels";
import { customerIdentities } from "@/db/schema/customers";
import { newId } from "@/lib/core/ids";
import { mergeCustomers } from "@/lib/customers/merge-service";
import { updateCustomer } from "@/lib/customers/service";
import { createVisitor } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation, postReply, resolveConversation } from "./agent-service";
import { customerTimeline } from "./timeline-queries";
import { postVisitorMessage, rateConversation } from "./visitor-service";

let desk: DeskFixture;
let lin: AgentContext;
let shop: Awaited<ReturnType<DeskFixture["merchant"]>>;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId);
});

const text = (said: string) => ({ clientId: `timeline-${said}`, parts: [{ type: "text" as const, text: said }] });

/** A conversation with a note and a rating. */
async function served(said: string) {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    ...text(said),
    context: { url: "https://a.example/x" },
  });
  await claimConversation(lin, conversation.id);
  const note = await postReply(lin, conversation.id, { ...text(`备注${said}`), visibility: "internal" });
  await resolveConversation(lin, conversation.id);
  await rateConversation(visitor, conversation.id, { stars: 4, tags: ["快"], comment: "谢谢" });
  return { customerId: visitor.actor.customerId, conversationId: conversation.id, noteSeq: note.seq };
}

it("tells of conversations, notes, ratings and tags, newest first, each with where it stands", async () => {
  const { customerId, conversationId, noteSeq } = await served("你好");
  await updateCustomer(lin, customerId, { tags: ["VIP", "老客"] });
  await updateCustomer(lin, customerId, { tags: ["老客"], note: "只改备注不算" });
  await updateCustomer(lin, customerId, { note: "不在时间线里" });
  const { items, nextCursor } = await customerTimeline(lin, customerId, { limit: 30 });
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    { kind: "tags", added: [], removed: ["VIP"], agent: "小林" },
    { kind: "tags", added: ["VIP", "老客"], removed: [] },
    { kind: "rating", stars: 4, tags: ["快"], comment: "谢谢", conversationId },
    { kind: "note", text: "备注你好", seq: noteSeq, agent: "小林", conversationId },
    { kind: "conversation", status: "resolved", channel: { type: "web" }, page: { url: "https://a.example/x" } },
  ]);
});

it("goes on page by page without a gap or a repetition, also where many happened in one moment", async () => {
  const { customerId, conversationId } = await served("同一刻");
  for (const count of [1, 2, 3, 4, 5]) {
    await postReply(lin, conversationId, { ...text(`第${count}条`), visibility: "internal" });
  }
  await desk.db.execute(
    sql`update messages set created_at = '2026-01-01T00:00:00Z' where conversation_id = ${conversationId}`,
  );
  const all = (await customerTimeline(lin, customerId, { limit: 100 })).items.map(({ id }) => id);
  const paged: string[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await customerTimeline(lin, customerId, { limit: 2, cursor });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
  expect(paged).toEqual(all);
  expect(new Set(paged).size).toBe(8);
});

it("has both channels of somebody who turned out to be one person", async () => {
  const first = await served("网页来的");
  const other = newId("channel");
  await desk.db.insert(channels).values({ id: other, merchantId: shop.merchantId, type: "wechat", name: "公众号" });
  const known = await desk.customer({ ...shop, channelId: other });
  await desk.conversation({ ...shop, channelId: other, ...known });
  await updateCustomer(lin, known.customerId, { tags: ["微信"] });
  await desk.db.transaction((tx) => mergeCustomers(tx, lin, shop.merchantId, first.customerId, known.customerId));
  const [kept] = await desk.db
    .select({ id: customerIdentities.customerId })
    .from(customerIdentities)
    .where(sql`channel_id = ${other}`);
  const { items } = await customerTimeline(lin, kept?.id ?? "", { limit: 30 });
  const types = items.flatMap((item) => (item.kind === "conversation" ? [item.channel.type] : []));
  expect(types.sort()).toEqual(["web", "wechat"]);
  expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["merged", "tags", "rating", "note"]));
});

it("is nobody else's: another merchant's agent finds no such customer", async () => {
  const { customerId } = await served("别家");
  const stranger = await desk.agent((await desk.merchant()).merchantId);
  await expect(customerTimeline(stranger, customerId, { limit: 30 })).rejects.toMatchObject({ code: "not_found" });
});
