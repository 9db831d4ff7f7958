import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { markReadByAgent, postReply } from "@/lib/conversations/agent-service";
import { routingSettings } from "@/lib/conversations/settings-schema";
import { askForAgent, postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { pingDesk } from "@/lib/identity/presence-service";
import { setPresence } from "@/lib/identity/service";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { dispatchQueue } from "./service";
import { timeoutSettings } from "./settings-schema";
import { sweepRouting } from "./sweep-service";

const NOTHING = {
  queueSeconds: 0,
  acceptSeconds: 0,
  agentWarnSeconds: 0,
  supervisorWarnSeconds: 0,
  agentRequeueSeconds: 0,
  customerAskSeconds: 0,
  customerCloseSeconds: 0,
};
const STEP = 20;

/** What only time brings about; every test has a shop, and the clock of the installation is moved by hand. */
describe("time-outs", () => {
  let fixture: DeskFixture;
  let seconds = 0;
  const start = Date.now();
  const now = () => new Date(start + seconds * 1_000);

  beforeAll(async () => {
    fixture = await createDeskFixture();
    await sweepRouting(system("none"));
  });
  afterAll(() => fixture.end());

  const system = (merchantId: string) => ({ ...systemContext(fixture, merchantId), now });
  const sweep = () => sweepRouting(system("none"));

  /** Lets time go by the way it does: a sweep every twenty seconds. */
  async function pass(wanted: number): Promise<void> {
    for (let done = 0; done < wanted; done += STEP) {
      seconds += STEP;
      await sweep();
    }
  }

  async function shopWith(timeouts: Partial<typeof NOTHING>, routing: Record<string, unknown> = {}) {
    const shop = await fixture.merchant();
    const context = systemContext(fixture, shop.merchantId);
    await updateSettings(context, shop.merchantId, timeoutSettings, { patch: { ...NOTHING, ...timeouts } });
    await updateSettings(context, shop.merchantId, routingSettings, {
      patch: { idleSeconds: 0, graceSeconds: 0, ...routing },
    });
    const agent = async (name: string, role: "agent" | "supervisor" = "agent"): Promise<AgentContext> => {
      const made = { ...(await fixture.agent(shop.merchantId, role, name)), now };
      await setPresence(made, "online");
      return made;
    };
    const visitor = async (): Promise<{ visitor: VisitorContext; id: string }> => {
      const made = { ...(await createVisitor(fixture, shop)), now };
      return { visitor: made, id: (await askForAgent(made, undefined)).id };
    };
    const dispatch = () => dispatchQueue(system(shop.merchantId), shop.merchantId);
    return { ...shop, agent, visitor, dispatch };
  }

  async function row(id: string) {
    const [found] = await rowsOf<{ status: string; assignee_id: string | null; waiting_since: string | null }>(
      fixture.db,
      sql`select status, assignee_id, waiting_since from conversations where id = ${id}`,
    );
    return found;
  }

  async function notices(id: string, visibility: "public" | "internal"): Promise<string[]> {
    const rows = await rowsOf<{ key: string }>(
      fixture.db,
      sql`select m.parts -> 0 ->> 'key' as key from messages m
          where conversation_id = ${id} and visibility = ${visibility} and m.parts -> 0 ->> 'type' = 'notice' order by seq`,
    );
    return rows.map(({ key }) => key);
  }

  async function botTexts(id: string): Promise<string[]> {
    const rows = await rowsOf<{ text: string }>(
      fixture.db,
      sql`select text from messages where conversation_id = ${id} and author_kind = 'bot' order by seq`,
    );
    return rows.map(({ text }) => text);
  }

  const write = (visitor: VisitorContext, conversationId: string) =>
    postVisitorMessage(visitor, { clientId: newId("client"), conversationId, parts: [{ type: "text", text: "在吗" }] });
  const reply = (agent: AgentContext, id: string) =>
    postReply(agent, id, { clientId: newId("client"), parts: [{ type: "text", text: "在的" }], visibility: "public" });

  it("warns a silent agent, then the supervisors, then gives the customer to another, first in line", async () => {
    const shop = await shopWith({ agentWarnSeconds: 60, supervisorWarnSeconds: 120, agentRequeueSeconds: 180 });
    const silent = await shop.agent("小林");
    const { id } = await shop.visitor();
    await shop.dispatch();
    expect((await row(id))?.assignee_id).toBe(silent.actor.agentId);
    await pass(60);
    expect(await notices(id, "internal")).toEqual(["silent_agent"]);
    await pass(60);
    expect(await notices(id, "internal")).toEqual(["silent_agent", "silent_supervisor"]);
    await pass(80);
    expect((await row(id))?.assignee_id, "nobody else has room").toBe(silent.actor.agentId);
    const other = await shop.agent("小陈");
    await pass(20);
    expect((await row(id))?.assignee_id).toBe(other.actor.agentId);
    expect(await notices(id, "internal")).toEqual(["silent_agent", "silent_supervisor", "silent_requeued"]);
    expect(await notices(id, "public")).toEqual(["queued", "agent_joined", "back_to_queue", "agent_joined"]);
  });

  it("puts who is taken back ahead of everybody of the same priority", async () => {
    const shop = await shopWith({ agentRequeueSeconds: 60 });
    const silent = await shop.agent("小林");
    const first = await shop.visitor();
    await shop.dispatch();
    await rowsOf(fixture.db, sql`update memberships set capacity = 1 where id = ${silent.actor.agentId}`);
    const later = await shop.visitor();
    await pass(40);
    const other = await shop.agent("小陈");
    await rowsOf(fixture.db, sql`update memberships set capacity = 1 where id = ${other.actor.agentId}`);
    await setPresence(silent, "away");
    await pass(40);
    expect((await row(first.id))?.assignee_id).toBe(other.actor.agentId);
    expect((await row(later.id))?.status).toBe("queued");
  });

  it("reminds once for one silence, and anew for the next", async () => {
    const shop = await shopWith({ agentWarnSeconds: 60 });
    const agent = await shop.agent("小林");
    const { visitor, id } = await shop.visitor();
    await shop.dispatch();
    await pass(120);
    expect(await notices(id, "internal")).toEqual(["silent_agent"]);
    await reply(agent, id);
    await pass(80);
    expect(await notices(id, "internal")).toHaveLength(1);
    await write(visitor, id);
    await pass(60);
    expect(await notices(id, "internal")).toHaveLength(2);
  });

  it("passes on what its agent does not open, and leaves what they have opened", async () => {
    const shop = await shopWith({ acceptSeconds: 60 });
    const agent = await shop.agent("小林");
    const opened = await shop.visitor();
    const unopened = await shop.visitor();
    await shop.dispatch();
    await markReadByAgent(agent, opened.id, 99);
    const other = await shop.agent("小陈");
    await pass(60);
    expect((await row(opened.id))?.assignee_id).toBe(agent.actor.agentId);
    expect((await row(unopened.id))?.assignee_id).toBe(other.actor.agentId);
    expect(await notices(unopened.id, "internal")).toEqual(["not_accepted"]);
  });

  it("asks a silent customer, then ends; who answers stays", async () => {
    const shop = await shopWith({ customerAskSeconds: 60, customerCloseSeconds: 60 });
    const agent = await shop.agent("小林");
    const gone = await shop.visitor();
    const back = await shop.visitor();
    await shop.dispatch();
    await reply(agent, gone.id);
    await reply(agent, back.id);
    await pass(60);
    expect((await botTexts(gone.id)).at(-1)).toContain("还在吗");
    await write(back.visitor, back.id);
    await pass(60);
    expect((await row(gone.id))?.status).toBe("resolved");
    expect(await notices(gone.id, "public")).toContain("ended_silent");
    expect((await row(back.id))?.status).toBe("assigned");
    expect(await botTexts(back.id)).toHaveLength(1);
  });

  it("tells a visitor once that it takes long, with the merchant's words, and goes on counting their wait", async () => {
    const shop = await shopWith({ queueSeconds: 60 });
    await updateSettings(systemContext(fixture, shop.merchantId), shop.merchantId, timeoutSettings, {
      patch: { queueChinese: "今天人多，请稍等" },
    });
    const { id } = await shop.visitor();
    const before = (await row(id))?.waiting_since;
    await pass(160);
    expect((await botTexts(id)).map((text) => text.split("\n")[0])).toEqual([
      expect.stringContaining("今天人多，请稍等"),
    ]);
    expect((await row(id))?.waiting_since).toEqual(before);
  });

  it("gives the conversations of an agent who is gone to others after the grace time, not before", async () => {
    const shop = await shopWith({}, { graceSeconds: 60 });
    const leaves = await shop.agent("小林");
    const { id } = await shop.visitor();
    await shop.dispatch();
    await setPresence(leaves, "offline");
    const other = await shop.agent("小陈");
    await pass(40);
    expect((await row(id))?.assignee_id).toBe(leaves.actor.agentId);
    await pass(40);
    expect((await row(id))?.assignee_id).toBe(other.actor.agentId);
    expect(await notices(id, "internal")).toEqual(["agent_gone"]);
  });

  it("lets an agent who comes back in time keep them, and who is only away while nobody else has room", async () => {
    const shop = await shopWith({}, { graceSeconds: 60 });
    const agent = await shop.agent("小林");
    const { id } = await shop.visitor();
    await shop.dispatch();
    await setPresence(agent, "offline");
    await pass(40);
    await setPresence(agent, "online");
    await pass(80);
    expect((await row(id))?.assignee_id).toBe(agent.actor.agentId);
    await setPresence(agent, "away");
    await pass(100);
    expect((await row(id))?.assignee_id).toBe(agent.actor.agentId);
    await setPresence(agent, "offline");
    await pass(80);
    expect((await row(id))?.status).toBe("queued");
    await setPresence(agent, "online");
    await pass(20);
    expect((await row(id))?.assignee_id, "nobody else could have it").toBe(agent.actor.agentId);
  });

  async function presence(agent: AgentContext): Promise<string | undefined> {
    const [found] = await rowsOf<{ presence: string }>(
      fixture.db,
      sql`select presence from memberships where id = ${agent.actor.agentId}`,
    );
    return found?.presence;
  }

  it("makes idle agents away and lost desks offline, and brings them back by themselves (A7)", async () => {
    const shop = await shopWith({}, { idleSeconds: 60, lostSeconds: 90 });
    const idle = await shop.agent("小林");
    const chosen = await shop.agent("小陈");
    const integration = await shop.agent("接口");
    await pingDesk(idle, true);
    await pingDesk(chosen, true);
    await setPresence(chosen, "away");
    for (let round = 0; round < 4; round += 1) {
      await pass(20);
      await pingDesk(idle, false);
      await pingDesk(chosen, true);
    }
    expect([await presence(idle), await presence(chosen), await presence(integration)]).toEqual([
      "away",
      "away",
      "online",
    ]);
    expect(await pingDesk(idle, true)).toBe("online");
    await pass(100);
    expect([await presence(idle), await presence(integration)]).toEqual(["offline", "online"]);
    expect(await pingDesk(idle, false)).toBe("away");
    expect(await pingDesk(idle, true)).toBe("online");
    await setPresence(idle, "offline");
    expect(await pingDesk(idle, true), "chosen by hand").toBe("offline");
  });

  it("acts once when two processes sweep at the same moment (T33)", async () => {
    const shop = await shopWith({ agentWarnSeconds: 60, customerAskSeconds: 60 });
    const agent = await shop.agent("小林");
    const silent = await shop.visitor();
    const asked = await shop.visitor();
    await shop.dispatch();
    await reply(agent, asked.id);
    await pass(40);
    seconds += STEP;
    await Promise.all(Array.from({ length: 6 }, () => sweep()));
    expect(await notices(silent.id, "internal")).toEqual(["silent_agent"]);
    expect(await botTexts(asked.id)).toHaveLength(1);
  });

  it("does not take what came while a slow sweep ran for something old", async () => {
    const shop = await shopWith({ agentWarnSeconds: 60, queueSeconds: 60 });
    await shop.agent("小林");
    await pass(80);
    const { id } = await shop.visitor();
    await shop.dispatch();
    // It looked at the clock before the customer came.
    seconds -= 2;
    await sweep();
    seconds += 2;
    expect(await notices(id, "internal")).toEqual([]);
  });

  it("times nobody out when the clock jumps an hour or the server was down, and goes on after (T32)", async () => {
    const shop = await shopWith(
      { agentWarnSeconds: 60, customerAskSeconds: 60, queueSeconds: 60 },
      { graceSeconds: 60 },
    );
    const agent = await shop.agent("小林");
    const { id } = await shop.visitor();
    await shop.dispatch();
    await pass(20);
    for (const jump of [3_600, -3_600]) {
      seconds += jump;
      await sweep();
      await pass(40);
      expect(await notices(id, "internal"), `after ${jump}`).toEqual([]);
    }
    await pass(40);
    expect(await notices(id, "internal")).toEqual(["silent_agent"]);
    expect(await presence(agent)).toBe("online");
  });
});
