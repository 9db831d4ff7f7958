import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { teams } from "@/db/schema/identity";
import { auditLog } from "@/db/schema/operations";
import { ticketEvents } from "@/db/schema/tickets";
import { newId } from "@/lib/core/ids";
import { mergeCustomers } from "@/lib/customers/merge-service";
import { getCustomer } from "@/lib/customers/queries";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { listTicketChoices } from "./choice-queries";
import { ticketQuery } from "./contracts";
import { countTickets, getTicket, listTicketEvents, listTickets } from "./queries";
import type { TicketTab } from "./schema";
import { commentOnTicket, createTicket, updateTicket } from "./service";
import { ticketSettings } from "./settings-schema";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let lin: AgentContext;
let wang: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  wang = await desk.agent(shop.merchantId, "agent", "小王");
});

const make = (subject: string, more = {}, by = lin) => createTicket(by, { subject, ...more }, { source: "person" });
const history = async (id: string) => (await listTicketEvents(lin, id, { limit: 50 })).items.toReversed();
const list = (query: Record<string, unknown>, by = lin) => listTickets(by, ticketQuery.parse(query));
const subjects = async (query: Record<string, unknown>, by = lin) =>
  (await list(query, by)).items.map(({ subject }) => subject);

describe("numbers", () => {
  it("of forty tickets made at once are 1 to 40, each once, and every merchant begins with 1", async () => {
    const made = await Promise.all(Array.from({ length: 40 }, (_, index) => make(`第 ${index} 张`)));
    expect(made.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    const other = await desk.agent((await desk.merchant()).merchantId);
    expect((await make("别家的第一张", {}, other)).number).toBe(1);
  });

  it("are given back by what fails", async () => {
    await expect(make("\u0000")).rejects.toMatchObject({ code: "invalid" });
    await expect(make("负责人不存在", { assigneeId: "agt_nobody" })).rejects.toMatchObject({
      reason: "agent_not_found",
    });
    expect((await make("第一张")).number).toBe(1);
  });

  it("lead to a ticket as well as its id does", async () => {
    const { id, number } = await make("退款");
    for (const ref of [id, String(number), `#${number}`, `ticket_${number}`]) {
      expect((await getTicket(lin, ref)).id).toBe(id);
    }
    await expect(getTicket(lin, "99")).rejects.toMatchObject({ reason: "ticket_not_found" });
  });
});

describe("a ticket's history", () => {
  it("tells every change with who made it, from what, to what, and comments between them", async () => {
    const ticket = await make("耳机坏了", { priority: "high" });
    await updateTicket(lin, ticket.id, { assigneeId: wang.actor.agentId, status: "in_progress" });
    await commentOnTicket(wang, ticket.id, { text: "已寄出新的", visibility: "internal" });
    await updateTicket(wang, ticket.id, { status: "resolved", resolution: "换新", comment: "客户确认收到" });
    const lines = await history(ticket.id);
    expect(lines.map(({ kind, position, actor }) => [position, kind, actor.name])).toEqual([
      [1, "created", "小林"],
      [2, "changed", "小林"],
      [3, "commented", "小王"],
      [4, "changed", "小王"],
    ]);
    expect(lines[1]?.changes).toEqual([
      { field: "assignee", from: null, to: "小王" },
      { field: "status", from: "open", to: "in_progress" },
    ]);
    expect(lines[3]).toMatchObject({
      text: "客户确认收到",
      changes: [
        { field: "resolution", from: "", to: "换新" },
        { field: "status", from: "in_progress", to: "resolved" },
      ],
    });
    const after = await getTicket(lin, ticket.id);
    expect(after).toMatchObject({ status: "resolved", assignee: { name: "小王" }, revision: 3, closedAt: null });
    expect(after.resolvedAt).not.toBeNull();
    const audited = await desk.db.select().from(auditLog).where(eq(auditLog.targetId, ticket.id));
    expect(audited.map(({ action }) => action).sort()).toEqual(["ticket.created", "ticket.updated", "ticket.updated"]);
  });

  it("has places without gaps when many write at once, and pages without losing a line", async () => {
    const { id } = await make("多人同时写");
    const texts = Array.from({ length: 12 }, (_, index) => `评论 ${index}`);
    await Promise.all(texts.map((text) => commentOnTicket(lin, id, { text, visibility: "internal" })));
    const first = await listTicketEvents(lin, id, { limit: 5 });
    const second = await listTicketEvents(lin, id, { limit: 50, cursor: first.nextCursor ?? "" });
    const places = [...first.items, ...second.items].map(({ position }) => position);
    expect(places).toEqual(Array.from({ length: 13 }, (_, index) => 13 - index));
    expect(second.nextCursor).toBeNull();
  });

  it("gets no line from a change that changes nothing, and keeps a comment that came with it", async () => {
    const { id, revision } = await make("不变");
    expect((await updateTicket(lin, id, { priority: "normal", subject: "不变" })).revision).toBe(revision);
    await updateTicket(lin, id, { priority: "normal", comment: "看过了" });
    expect((await history(id)).map(({ kind, text }) => [kind, text])).toEqual([
      ["created", ""],
      ["commented", "看过了"],
    ]);
  });
});

describe("changes", () => {
  it("against an older revision are refused and told; of two at once one counts", async () => {
    const { id, revision } = await make("两个人改");
    const outcomes = await Promise.allSettled([
      updateTicket(lin, id, { priority: "high", revision }),
      updateTicket(wang, id, { priority: "urgent", revision }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "conflict", reason: "stale_version" } });
    expect((await getTicket(lin, id)).revision).toBe(revision + 1);
    await commentOnTicket(lin, id, { text: "评论不算改动", visibility: "internal" });
    await updateTicket(lin, id, { priority: "low", revision: revision + 1 });
  });

  it("keep to the steps there are", async () => {
    const { id } = await make("状态");
    await updateTicket(lin, id, { status: "cancelled" });
    await expect(updateTicket(lin, id, { status: "resolved" })).rejects.toMatchObject({ reason: "ticket_transition" });
    const again = await updateTicket(lin, id, { status: "open" });
    expect(again).toMatchObject({ status: "open", closedAt: null });
    const closed = await updateTicket(lin, id, { status: "closed", resolution: "办好了" });
    expect([closed.resolvedAt === null, closed.closedAt === null, closed.resolution]).toEqual([false, false, "办好了"]);
  });

  it("name nobody and nothing of another merchant's, and no agent who may not sign in", async () => {
    const elsewhere = await desk.merchant();
    const stranger = await desk.agent(elsewhere.merchantId);
    const customer = await desk.customer(elsewhere);
    const conversation = await desk.conversation({ ...elsewhere, ...customer });
    const teamId = newId("team");
    await desk.db.insert(teams).values({ id: teamId, merchantId: elsewhere.merchantId, name: "别家的组" });
    const { id } = await make("自己的");
    for (const [foreign, reason] of [
      [{ assigneeId: stranger.actor.agentId }, "agent_not_found"],
      [{ customerId: customer.customerId }, "customer_not_found"],
      [{ conversationId: conversation }, "conversation_not_found"],
      [{ teamId }, "team_not_found"],
    ] as const) {
      await expect(make("别家的", foreign)).rejects.toMatchObject({ code: "not_found", reason });
      await expect(updateTicket(lin, id, foreign)).rejects.toMatchObject({ code: "not_found", reason });
    }
    await expect(updateTicket(stranger, id, { subject: "改掉" })).rejects.toMatchObject({ reason: "ticket_not_found" });
    await expect(commentOnTicket(stranger, id, { text: "看看", visibility: "public" })).rejects.toMatchObject({
      reason: "ticket_not_found",
    });
    await rowsOf(desk.db, sql`update memberships set disabled = true where id = ${wang.actor.agentId}`);
    await expect(updateTicket(lin, id, { assigneeId: wang.actor.agentId })).rejects.toMatchObject({
      reason: "ticket_assignee_disabled",
    });
    expect(await history(id)).toHaveLength(1);
  });
});

describe("the list", () => {
  it("has parts with their numbers, filters, and pages that lose and repeat nothing", async () => {
    const mine = { assigneeId: lin.actor.agentId };
    await make("甲", { ...mine, priority: "urgent" });
    await make("乙", mine);
    const done = await make("丙", mine);
    await make("丁");
    await updateTicket(lin, done.id, { status: "closed" });
    const parts: readonly [TicketTab, string[]][] = [
      ["all", ["丙", "丁", "乙", "甲"]],
      ["open", ["丁", "乙", "甲"]],
      ["mine", ["乙", "甲"]],
      ["unassigned", ["丁"]],
      ["ended", ["丙"]],
    ];
    for (const [tab, expected] of parts) {
      expect((await subjects({ tab })).sort(), tab).toEqual([...expected].sort());
    }
    expect(await countTickets(lin)).toEqual({ open: 3, mine: 2, unassigned: 1 });
    expect(await countTickets(wang)).toEqual({ open: 3, mine: 0, unassigned: 1 });
    expect(await subjects({ priority: "urgent" })).toEqual(["甲"]);
    expect(await subjects({ status: "closed", assigneeId: lin.actor.agentId })).toEqual(["丙"]);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; page < 4 && cursor !== null; page += 1) {
      const found = await list({ limit: 1, ...(cursor && { cursor }) });
      seen.push(...found.items.map(({ subject }) => subject));
      cursor = found.nextCursor;
    }
    expect([seen.toSorted(), cursor]).toEqual([["丁", "丙", "乙", "甲"].sort(), null]);
  });

  it("finds words of subject and description, and numbers; signs alone find nothing", async () => {
    await make("耳机充不进电", { description: "order QH2026 换过充电线" });
    await make("发票开错");
    expect(await subjects({ q: "充电线" })).toEqual(["耳机充不进电"]);
    expect(await subjects({ q: "qh2026" })).toEqual(["耳机充不进电"]);
    expect(await subjects({ q: "#2" })).toEqual(["发票开错"]);
    expect(await subjects({ q: "%_'" })).toEqual([]);
    await updateTicket(lin, "1", { subject: "音箱没声音" });
    expect(await subjects({ q: "耳机" })).toEqual([]);
    expect(await subjects({ q: "音箱" })).toEqual(["音箱没声音"]);
  });

  it("shows another merchant's nowhere", async () => {
    await make("自己的");
    const stranger = await desk.agent((await desk.merchant()).merchantId);
    expect(await subjects({}, stranger)).toEqual([]);
    expect(await subjects({ q: "自己的" }, stranger)).toEqual([]);
    expect(await subjects({ assigneeId: lin.actor.agentId }, stranger)).toEqual([]);
    expect(await countTickets(stranger)).toEqual({ open: 0, mine: 0, unassigned: 0 });
  });
});

describe("a ticket of a conversation", () => {
  it("has its customer, whose profile counts it, and goes along when two profiles become one", async () => {
    const visitor = await createVisitor(desk, shop);
    const customerId = visitor.actor.customerId;
    const conversationId = await desk.conversation({ ...shop, ...visitor.actor });
    const ticket = await make("退款", { conversationId });
    expect(ticket).toMatchObject({ conversationId, customer: { id: customerId, name: "陈同学" } });
    expect((await getCustomer(lin, customerId)).ticketsCount).toBe(1);
    const other = await desk.customer({ ...shop, channelId: await secondChannel() });
    const merged = await desk.db.transaction((tx) =>
      mergeCustomers(tx, systemContext(desk, shop.merchantId), shop.merchantId, customerId, other.customerId),
    );
    expect(merged).toBe(true);
    const left = (await getTicket(lin, ticket.id)).customer?.id ?? "";
    expect([customerId, other.customerId]).toContain(left);
    expect((await getCustomer(lin, left)).ticketsCount).toBe(1);
  });

  it("stays when the conversation is deleted", async () => {
    const conversationId = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
    const { id } = await make("会话会过期", { conversationId });
    await rowsOf(desk.db, sql`delete from conversations where id = ${conversationId}`);
    expect(await getTicket(lin, id)).toMatchObject({ conversationId: null, subject: "会话会过期" });
  });

  it("made for the same reason many times at once is one", async () => {
    const origin = { source: "rule", key: "aut_1:cnv_1" } as const;
    const context = systemContext(desk, shop.merchantId);
    const made = await Promise.all(Array.from({ length: 8 }, () => createTicket(context, { subject: "一次" }, origin)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const events = await desk.db.select().from(ticketEvents).where(eq(ticketEvents.merchantId, shop.merchantId));
    expect(events).toHaveLength(1);
    expect((await make("下一张")).number).toBe(2);
  });
});

it("what a ticket can be given: the merchant's own types, agents who may sign in, teams", async () => {
  await desk.db.insert(teams).values({ id: newId("team"), merchantId: shop.merchantId, name: "售后组" });
  await updateSettings(systemContext(desk, shop.merchantId), shop.merchantId, ticketSettings, {
    patch: { types: ["退款", "question"] },
  });
  await rowsOf(desk.db, sql`update memberships set disabled = true where id = ${wang.actor.agentId}`);
  expect(await listTicketChoices(lin)).toMatchObject({
    types: ["退款", "question"],
    agents: [{ id: lin.actor.agentId, name: "小林" }],
    teams: [{ name: "售后组" }],
  });
});

/** Two visitors of one page are two people; known on another kind of channel, they may be one. */
async function secondChannel(): Promise<string> {
  const id = newId("channel");
  await rowsOf(
    desk.db,
    sql`insert into channels (id, merchant_id, type, name) values (${id}, ${shop.merchantId}, 'api', 'App')`,
  );
  return id;
}
