import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { createRule, dryRunRule, listRuns } from "@/lib/automations/service";
import { askForAgent, leaveMessage, postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import type { JobName } from "@/lib/events/routes";
import { listNotifications } from "@/lib/notifications/queries";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { ticketQuery } from "@/lib/tickets/contracts";
import { listTicketEvents, listTickets } from "@/lib/tickets/queries";
import { commentOnTicket, createTicket, updateTicket } from "@/lib/tickets/service";
import { ticketSettings } from "@/lib/tickets/settings-schema";
import { JOBS } from "./jobs";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let admin: AgentContext;
let lin: AgentContext;
let visitor: VisitorContext;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  admin = await desk.agent(shop.merchantId, "admin", "主管");
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  visitor = await createVisitor(desk, shop);
});

interface Waiting {
  readonly id: string;
  readonly name: JobName;
  readonly payload: never;
}

/** What waits of these jobs for this merchant, oldest first. */
const waiting = (...names: JobName[]): Promise<Waiting[]> =>
  rowsOf<Waiting & Record<string, unknown>>(
    desk.db,
    sql`select j.id, j.task_identifier as name, p.payload from graphile_worker.jobs j
        join graphile_worker._private_jobs p on p.id = j.id
        where j.task_identifier = any(${sql.param(names)}::text[]) and p.payload ->> 'merchantId' = ${shop.merchantId}
        order by j.id`,
  );

/** Runs them twice each, as after a crash between a job's work and its end. */
async function work(...names: JobName[]): Promise<number> {
  const jobs = await waiting(...names);
  for (const { id, name, payload } of jobs) {
    const job = JOBS.find((each) => each.name === name);
    for (let time = 0; time < 2; time += 1) {
      await job?.handle(job.schema.parse(payload) as never, systemContext(desk, shop.merchantId));
    }
    await rowsOf(desk.db, sql`select graphile_worker.complete_jobs(array[${id}]::bigint[])`);
  }
  return jobs.length;
}

const write = (text: string) =>
  postVisitorMessage(visitor, { clientId: newId("client"), parts: [{ type: "text", text }] });
const tickets = async () => (await listTickets(admin, ticketQuery.parse({}))).items;

describe("a rule's action", () => {
  const rule = () => ({
    name: "投诉建工单",
    enabled: true,
    event: "message.received" as const,
    match: "all" as const,
    conditions: [{ field: "message.text" as const, operator: "contains_any" as const, values: ["投诉"] }],
    actions: [
      {
        type: "ticket" as const,
        subject: "",
        kind: "complaint",
        priority: "urgent" as const,
        assigneeId: lin.actor.agentId,
      },
    ],
  });

  it("makes one ticket of a conversation, however often it runs and however often the customer complains", async () => {
    const { id } = await createRule(admin, rule());
    const { conversation } = await write("我要投诉，等了两天");
    expect(await work("automations.run")).toBe(1);
    await write("再投诉一次");
    await work("automations.run");
    const made = await tickets();
    expect(made).toMatchObject([
      {
        number: 1,
        subject: "我要投诉，等了两天",
        type: "complaint",
        priority: "urgent",
        source: "rule",
        conversationId: conversation.id,
        customer: { id: visitor.actor.customerId },
        assignee: { id: lin.actor.agentId },
      },
    ]);
    const { items } = await listTicketEvents(admin, made[0]?.id ?? "", { limit: 10 });
    expect(items).toMatchObject([{ kind: "created", actor: { kind: "rule", id, name: "投诉建工单" } }]);
    const runs = await listRuns(admin, { limit: 10 });
    expect(runs.items.map(({ outcome, steps }) => [outcome, steps[0]?.type, steps[0]?.ok])).toEqual([
      ["done", "ticket", true],
      ["done", "ticket", true],
    ]);
  });

  it("is refused for an agent of another merchant, and a dry run makes nothing", async () => {
    const stranger = await desk.agent((await desk.merchant()).merchantId);
    const [action] = rule().actions;
    const foreign = {
      ...rule(),
      actions: [{ type: "ticket" as const, ...action, assigneeId: stranger.actor.agentId }],
    };
    await expect(createRule(admin, foreign as never)).rejects.toMatchObject({ reason: "agent_not_found" });
    await write("投诉");
    expect(await dryRunRule(admin, rule())).toMatchObject({ matched: 1 });
    expect(await tickets()).toEqual([]);
  });
});

describe("a message left while nobody was there", () => {
  async function leave(text: string): Promise<string> {
    const { conversation } = await write("在吗");
    await askForAgent(visitor, undefined);
    await leaveMessage(visitor, conversation.id, { clientId: newId("client"), text, contact: "13800000000" });
    return conversation.id;
  }

  it("becomes one ticket of its conversation, with the customer's words", async () => {
    const conversationId = await leave("明天能送到吗？请回电");
    expect(await work("tickets.from_message")).toBe(1);
    await leaveMessage(visitor, conversationId, {
      clientId: newId("client"),
      text: "再问一句",
      contact: "a@example.com",
    });
    await work("tickets.from_message");
    expect(await tickets()).toMatchObject([
      {
        subject: "明天能送到吗？请回电",
        source: "offline",
        conversationId,
        customer: { id: visitor.actor.customerId },
        status: "open",
        assignee: null,
      },
    ]);
    // Of the message itself they hear already.
    expect((await waiting("notifications.alert")).map(({ payload }) => payload["event"])).not.toContain("new_ticket");
  });

  it("becomes none where the merchant does not want it", async () => {
    await updateSettings(systemContext(desk, shop.merchantId), shop.merchantId, ticketSettings, {
      patch: { fromMessagesLeft: false },
    });
    await leave("请回电");
    expect(await work("tickets.from_message")).toBe(1);
    expect(await tickets()).toEqual([]);
  });
});

describe("who is told", () => {
  const told = async (agent: AgentContext) =>
    (await listNotifications(agent, { limit: 20, unreadOnly: false })).items.map(({ kind, excerpt, values, actor }) => [
      kind,
      values["what"],
      values["number"],
      excerpt,
      actor?.name,
    ]);

  it("the new assignee, once, by whom; and of comments, but not of their own doing", async () => {
    const ticket = await createTicket(admin, { subject: "退款" }, { source: "person" });
    await updateTicket(admin, ticket.id, { assigneeId: lin.actor.agentId });
    await commentOnTicket(lin, ticket.id, { text: "我来看", visibility: "internal" });
    await commentOnTicket(admin, ticket.id, { text: "今天要答复", visibility: "internal" });
    await updateTicket(lin, ticket.id, { status: "in_progress" });
    await work("notifications.tell");
    expect(await told(lin)).toEqual([
      ["ticket", "commented", 1, "今天要答复", "主管"],
      ["ticket", "assigned", 1, "退款", "主管"],
    ]);
    expect(await told(admin)).toEqual([]);
  });

  it("robots and mailboxes, of a new ticket and of an urgent one, each once", async () => {
    const calm = await createTicket(admin, { subject: "普通" }, { source: "api" });
    await createTicket(admin, { subject: "急", priority: "urgent" }, { source: "api" });
    await updateTicket(admin, calm.id, { priority: "urgent" });
    await updateTicket(admin, calm.id, { type: "problem" });
    expect((await waiting("notifications.alert")).map(({ payload }) => [payload["event"], payload["values"]])).toEqual([
      ["new_ticket", { number: 1 }],
      ["urgent_ticket", { number: 2 }],
      ["urgent_ticket", { number: 1 }],
    ]);
  });
});
