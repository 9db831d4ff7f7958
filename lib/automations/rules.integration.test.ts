import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { resolveConversation } from "@/lib/conversations/agent-service";
import { askForAgent, leaveMessage, postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { setPresence } from "@/lib/identity/service";
import { signedHeader } from "@/lib/platform/crypto/sign";
import { dispatchQueue } from "@/lib/routing/service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { rulesJob } from "./jobs";
import type { RuleAction, RuleCondition, RuleEvent } from "./schema";
import { createRule, deleteRule, dryRunRule, listRules, listRuns, orderRules, updateRule } from "./service";
import { automationSettings } from "./settings-schema";

const says = (...values: string[]): RuleCondition => ({ field: "message.text", operator: "contains_any", values });

describe("rules (R6)", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let admin: AgentContext;
  let visitor: VisitorContext;

  let receiver: WebhookReceiver;

  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(receiver.url).host);
    fixture = await createDeskFixture();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await fixture.end();
    await receiver.stop();
  });
  beforeEach(async () => {
    shop = await fixture.merchant();
    admin = await fixture.agent(shop.merchantId, "admin");
    visitor = await createVisitor(fixture, shop);
  });

  const rule = (event: RuleEvent, conditions: RuleCondition[], actions: RuleAction[], enabled = true) => ({
    name: `规则 ${event}`,
    enabled,
    event,
    match: "all" as const,
    conditions,
    actions,
  });
  const add = (...given: Parameters<typeof rule>) => createRule(admin, rule(...given));
  const write = (text: string, by = visitor) =>
    postVisitorMessage(by, { clientId: newId("client"), parts: [{ type: "text", text }] });

  /** Runs the jobs that wait, as the worker does. @returns how many there were */
  async function work(): Promise<number> {
    const jobs = await rowsOf<{ id: string; payload: never }>(
      fixture.db,
      sql`select j.id, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
          where j.task_identifier = 'automations.run' and p.payload ->> 'merchantId' = ${shop.merchantId} order by j.id`,
    );
    for (const job of jobs) {
      await rulesJob.handle(rulesJob.schema.parse(job.payload), systemContext(fixture, shop.merchantId));
      await rowsOf(fixture.db, sql`select graphile_worker.complete_jobs(array[${job.id}]::bigint[])`);
    }
    return jobs.length;
  }

  async function conversation(id: string) {
    const [row] = await rowsOf<{
      status: string;
      priority: number;
      skill: string | null;
      assignee_id: string | null;
      tags: string[];
    }>(
      fixture.db,
      sql`select c.status, c.priority, c.skill, c.assignee_id, cu.tags from conversations c
          join customers cu on cu.id = c.customer_id where c.id = ${id}`,
    );
    return row;
  }

  async function texts(
    id: string,
  ): Promise<{ author: string; visibility: string; text: string; note: string | null }[]> {
    return rowsOf(
      fixture.db,
      sql`select author_kind as author, visibility, text, parts -> 0 -> 'values' ->> 'note' as note
          from messages where conversation_id = ${id} and author_kind <> 'visitor' order by seq`,
    );
  }

  it("do all their actions when their conditions hold, and nothing when they do not", async () => {
    await add(
      "message.received",
      [says("退款", "投诉")],
      [
        { type: "priority", priority: 3 },
        { type: "tag", tags: ["急"] },
        { type: "reply", text: "已为你加急。" },
        { type: "note", text: "先看订单" },
        { type: "queue", skill: "refunds" },
      ],
    );
    const calm = await write("你好");
    await work();
    expect(await conversation(calm.conversation.id)).toMatchObject({ status: "bot", priority: 1, tags: [] });
    await write("我要投诉");
    expect(await work()).toBe(1);
    expect(await conversation(calm.conversation.id)).toMatchObject({
      status: "queued",
      priority: 3,
      skill: "refunds",
      tags: ["急"],
    });
    const told = await texts(calm.conversation.id);
    expect(told).toContainEqual({ author: "bot", visibility: "public", text: "已为你加急。", note: null });
    expect(told).toContainEqual(
      expect.objectContaining({ author: "system", visibility: "internal", note: "先看订单" }),
    );
    const { items } = await listRuns(admin, { limit: 10 });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ outcome: "done" });
    expect(items[0]?.steps.map(({ type, ok }) => [type, ok])).toEqual([
      ["priority", true],
      ["tag", true],
      ["reply", true],
      ["note", true],
      ["queue", true],
    ]);
  });

  it("cost a merchant without rules, or with all switched off, not even a job", async () => {
    await add("message.received", [], [{ type: "priority", priority: 3 }], false);
    await add("conversation.resolved", [], [{ type: "note", text: "完" }]);
    await write("你好");
    expect(await work()).toBe(0);
  });

  it("run in their order, each seeing what those before it did", async () => {
    await add("message.received", [says("急")], [{ type: "priority", priority: 3 }]);
    await add(
      "message.received",
      [{ field: "conversation.priority", operator: "at_least", values: ["3"] }],
      [{ type: "tag", tags: ["高优先"] }],
    );
    const { conversation: row } = await write("很急");
    await work();
    expect((await conversation(row.id))?.tags).toEqual(["高优先"]);
  });

  it("never wake each other: what a rule does directly is no event for rules", async () => {
    await add("message.received", [], [{ type: "queue", skill: "a" }]);
    await add("conversation.queued", [], [{ type: "queue", skill: "b" }]);
    const { conversation: row } = await write("转人工");
    await work();
    expect(await work()).toBe(0);
    expect((await conversation(row.id))?.skill).toBe("a");
  });

  it("are stopped when they feed themselves by way of the dispatcher", async () => {
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    const skills = ["a", "b"];
    for (const skill of skills) {
      // Given to somebody: back in line for another skill, and so on for ever, were it not stopped.
      await add("conversation.assigned", [], [{ type: "queue", skill }]);
    }
    const row = await askForAgent(visitor, undefined);
    let rounds = 0;
    do {
      await dispatchQueue(systemContext(fixture, shop.merchantId), shop.merchantId);
      rounds += 1;
    } while ((await work()) > 0 && rounds < 50);
    expect(rounds).toBeLessThan(20);
    const { items } = await listRuns(admin, { limit: 50 });
    expect(items.some(({ outcome }) => outcome === "stopped")).toBe(true);
    expect((await conversation(row.id))?.status).toBe("assigned");
  });

  it("act once when their job runs twice, or again after a crash in the middle (T33)", async () => {
    await add(
      "message.received",
      [],
      [
        { type: "reply", text: "收到。" },
        { type: "note", text: "一次" },
      ],
    );
    const { conversation: row, message } = await write("你好");
    const event = {
      event: "message.received" as const,
      merchantId: shop.merchantId,
      conversationId: row.id,
      messageId: message.id,
      eventId: "77",
    };
    const system = systemContext(fixture, shop.merchantId);
    await rulesJob.handle(event, system);
    await rowsOf(
      fixture.db,
      sql`update automation_runs set outcome = 'running', steps = '[]' where conversation_id = ${row.id}`,
    );
    await Promise.all([rulesJob.handle(event, system), rulesJob.handle(event, system)]);
    expect((await texts(row.id)).map(({ text, note }) => note ?? text)).toEqual(["收到。", "一次"]);
    expect((await listRuns(admin, { limit: 10 })).items).toHaveLength(1);
  });

  it("note what could not be done and go on", async () => {
    const offline = await fixture.agent(shop.merchantId);
    await add(
      "message.received",
      [],
      [
        { type: "assign", agentId: offline.actor.agentId },
        { type: "tag", tags: ["已看"] },
      ],
    );
    const { conversation: row } = await write("你好");
    await work();
    expect((await conversation(row.id))?.tags).toEqual(["已看"]);
    const [run] = (await listRuns(admin, { limit: 1 })).items;
    expect(run).toMatchObject({ outcome: "failed" });
    expect(run?.steps[0]).toEqual({ type: "assign", ok: false, reason: "agent_not_available" });
  });

  it("assign to an agent who is there, and never over their capacity", async () => {
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    await rowsOf(fixture.db, sql`update memberships set capacity = 1 where id = ${agent.actor.agentId}`);
    await add("message.received", [says("VIP")], [{ type: "assign", agentId: agent.actor.agentId }]);
    const first = await write("我是VIP");
    const second = await write("我也是VIP", await createVisitor(fixture, shop));
    await work();
    expect((await conversation(first.conversation.id))?.assignee_id).toBe(agent.actor.agentId);
    expect((await conversation(second.conversation.id))?.assignee_id).toBeNull();
  });

  it("wait for other events too: left messages, the end of a conversation", async () => {
    await add("conversation.message_left", [says("回电")], [{ type: "tag", tags: ["待回电"] }]);
    await add("conversation.resolved", [], [{ type: "tag", tags: ["已解决"] }]);
    const { conversation: row } = await write("你好");
    await leaveMessage(visitor, row.id, { clientId: newId("client"), text: "请回电", contact: "13800000000" });
    await resolveConversation(admin, row.id);
    await work();
    expect((await conversation(row.id))?.tags).toEqual(["待回电", "已解决"]);
  });

  it("try themselves on history and change nothing", async () => {
    for (const text of ["我要退款", "你好", "退款多久到账"]) {
      await write(text, await createVisitor(fixture, shop));
    }
    const other = await fixture.merchant();
    await write("别家的退款", await createVisitor(fixture, other));
    const tried = await dryRunRule(
      admin,
      rule("message.received", [says("退款")], [{ type: "priority", priority: 3 }]),
    );
    expect(tried).toMatchObject({ looked: 3, matched: 2 });
    expect(tried.samples.map(({ text }) => text)).toEqual(["退款多久到账", "我要退款"]);
    const [row] = await rowsOf<{ urgent: number }>(
      fixture.db,
      sql`select count(*)::int as urgent from conversations where merchant_id = ${shop.merchantId} and priority = 3`,
    );
    expect(row?.urgent).toBe(0);
    expect(await work()).toBe(0);
    const resolved = await dryRunRule(admin, rule("conversation.resolved", [], [{ type: "note", text: "x" }]));
    expect(resolved).toMatchObject({ looked: 0, matched: 0 });
  });

  it("belong to their merchant, tell a stale change, and name only its own agents", async () => {
    const made = await add("message.received", [], [{ type: "priority", priority: 2 }]);
    const change = rule("message.received", [], [{ type: "priority", priority: 0 }]);
    await updateRule(admin, made.id, { ...change, version: made.version });
    await expect(updateRule(admin, made.id, { ...change, version: made.version })).rejects.toThrow("stale_version");
    const stranger = await fixture.agent((await fixture.merchant()).merchantId, "admin");
    expect(await listRules(stranger)).toEqual([]);
    await expect(deleteRule(stranger, made.id)).rejects.toThrow("rule_not_found");
    await expect(add("message.received", [], [{ type: "assign", agentId: stranger.actor.agentId }])).rejects.toThrow(
      "agent_not_found",
    );
    await deleteRule(admin, made.id);
    expect(await listRules(admin)).toEqual([]);
  });

  it("call addresses with what happened, but none on this machine or a private network (T56)", async () => {
    await add(
      "message.received",
      [says("通知")],
      [
        { type: "webhook", url: `${receiver.url}/hook` },
        { type: "webhook", url: "http://127.0.0.1:9/hook" },
      ],
    );
    receiver.answers.push({ status: 204 });
    const { conversation: row } = await write("请通知");
    await work();
    const [run] = (await listRuns(admin, { limit: 1 })).items;
    expect(run?.steps).toEqual([
      { type: "webhook", ok: true, reason: null },
      { type: "webhook", ok: false, reason: "webhook_failed" },
    ]);
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0]?.body ?? "{}")).toMatchObject({
      event: "message.received",
      conversationId: row.id,
      text: "请通知",
    });
    expect(receiver.received[0]?.headers["idempotency-key"]).toBe(`${run?.id}:0`);
  });

  it("sign what they send, with the secret that the merchant set, so that the receiver knows it is from here", async () => {
    await updateSettings(admin, shop.merchantId, automationSettings, { patch: { webhookSecret: "对好的暗号" } });
    await add("message.received", [says("通知")], [{ type: "webhook", url: `${receiver.url}/signed` }]);
    receiver.answers.push({ status: 204 });
    await write("请通知");
    await work();
    const call = receiver.received.find(({ path }) => path === "/signed");
    const seconds = /^t=(\d+),/.exec(String(call?.headers["x-yingda-signature"]))?.[1];
    const sentAt = new Date(Number(seconds) * 1_000);
    expect(call?.headers["x-yingda-signature"]).toBe(signedHeader(["对好的暗号"], call?.body ?? "", sentAt));
    expect(Math.abs(Date.now() - sentAt.getTime())).toBeLessThan(60_000);
  });

  it("run in the order that was set; others' rules and unknown ones have no say in it", async () => {
    const one = await add("message.received", [], [{ type: "priority", priority: 0 }]);
    const two = await add("message.received", [], [{ type: "priority", priority: 1 }]);
    const three = await add("message.received", [], [{ type: "priority", priority: 3 }]);
    const ordered = await orderRules(admin, [three.id, "aut_unknown", one.id]);
    expect(ordered.map(({ id }) => id)).toEqual([three.id, one.id, two.id]);
    const stranger = await fixture.agent((await fixture.merchant()).merchantId, "admin");
    await orderRules(stranger, [two.id, one.id, three.id]);
    expect((await listRules(admin)).map(({ id }) => id)).toEqual([three.id, one.id, two.id]);
  });
});
