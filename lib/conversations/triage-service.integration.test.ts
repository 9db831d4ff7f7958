import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conversations } from "@/db/schema/conversations";
import type { ActorOf } from "@/lib/core/actor";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation } from "./agent-service";
import { setPriority, snoozeConversation, wakeByAgent } from "./triage-service";
import { postVisitorMessage } from "./visitor-service";
import { wakeJob } from "./wake-job";

const HOUR_MS = 3_600_000;

describe("putting conversations aside", () => {
  let desk: DeskFixture;
  let agent: AgentContext;
  let id: string;
  let visitor: ActorOf<"visitor">;

  beforeAll(async () => {
    desk = await createDeskFixture();
  });
  afterAll(() => desk.end());
  beforeEach(async () => {
    const shop = await desk.merchant();
    agent = await desk.agent(shop.merchantId);
    const customer = await desk.customer(shop);
    visitor = { kind: "visitor", ...shop, ...customer };
    id = await desk.conversation({ ...shop, ...customer });
    await claimConversation(agent, id);
  });

  const row = async () => (await desk.db.select().from(conversations).where(eq(conversations.id, id)))[0];
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
  const runJob = (at: Date) =>
    wakeJob.handle({}, { ...agent, now: () => at, actor: { kind: "system", merchantId: null } });

  it("brings one back when its time has come, not before, to the same agent", async () => {
    await snoozeConversation(agent, id, inHours(1));
    await runJob(inHours(0.5));
    expect((await row())?.status).toBe("snoozed");
    await runJob(inHours(1.1));
    expect(await row()).toMatchObject({ status: "assigned", assigneeId: agent.actor.agentId, snoozedUntil: null });
  });

  it("brings one back at once when the customer writes, and keeps the message", async () => {
    await snoozeConversation(agent, id, null);
    const posted = await postVisitorMessage(
      { ...agent, actor: visitor },
      { clientId: "wakes-it-up", conversationId: id, parts: [{ type: "text", text: "Hello again" }] },
    );
    expect(posted.message.parts).toEqual([{ type: "text", text: "Hello again" }]);
    expect(await row()).toMatchObject({ status: "assigned", unreadCount: 1 });
  });

  it("brings one back whose message was stored by a process that ended right after", async () => {
    await snoozeConversation(agent, id, null);
    await desk.db.update(conversations).set({ unreadCount: 1 }).where(eq(conversations.id, id));
    await runJob(new Date());
    expect((await row())?.status).toBe("assigned");
  });

  it("wakes once, however many ask at the same time", async () => {
    await snoozeConversation(agent, id, null);
    await Promise.all(Array.from({ length: 5 }, () => wakeByAgent(agent, id)));
    const found = await row();
    expect(found?.status).toBe("assigned");
    await wakeByAgent(agent, id);
    expect((await row())?.revision).toBe(found?.revision);
  });

  it("refuses a time that is past or too far, somebody else's conversation, and one that ended", async () => {
    await expect(snoozeConversation(agent, id, inHours(-1))).rejects.toThrow("snooze_time");
    await expect(snoozeConversation(agent, id, inHours(24 * 91))).rejects.toThrow("snooze_time");
    const other = await desk.agent(agent.actor.merchantId, "agent", "小周");
    await expect(snoozeConversation(other, id, null)).rejects.toThrow("already_taken");
    const stranger = await desk.agent((await desk.merchant()).merchantId);
    await expect(snoozeConversation(stranger, id, null)).rejects.toThrow("conversation_not_found");
    await desk.db.update(conversations).set({ status: "resolved" }).where(eq(conversations.id, id));
    await expect(snoozeConversation(agent, id, null)).rejects.toThrow("not_in_progress");
    await expect(setPriority(agent, id, 3)).rejects.toThrow("conversation_ended");
  });

  it("keeps how urgent it is", async () => {
    await setPriority(agent, id, 3);
    expect((await row())?.priority).toBe(3);
  });
});
