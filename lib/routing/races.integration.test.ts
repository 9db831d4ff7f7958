import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { claimConversation, resolveConversation } from "@/lib/conversations/agent-service";
import { takeBack } from "@/lib/conversations/attention-service";
import { askForAgent, endByVisitor, leaveMessage } from "@/lib/conversations/visitor-service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { setPresence, updateAgent } from "@/lib/identity/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { handOver } from "@/lib/testing/hand-over";
import { impossibleRows, overloaded, twiceAssigned } from "@/lib/testing/queue-story";
import { dispatchQueue } from "./service";

/** Refused is an answer, anything else is a fault. */
async function outcome(work: Promise<unknown>): Promise<"done" | string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (AppError.is(error)) {
      return error.reason;
    }
    throw error;
  }
}

describe("races for a visitor", () => {
  let fixture: DeskFixture;
  beforeAll(async () => {
    fixture = await createDeskFixture();
  });
  afterAll(() => fixture.end());

  type Shop = { merchantId: string; channelId: string };
  const dispatch = (shop: Shop) => dispatchQueue(systemContext(fixture, shop.merchantId), shop.merchantId);

  async function online(shop: Shop, capacity: number): Promise<AgentContext> {
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    await rowsOf(fixture.db, sql`update memberships set capacity = ${capacity} where id = ${agent.actor.agentId}`);
    return agent;
  }

  async function inLine(shop: Shop): Promise<{ visitor: VisitorContext; id: string }> {
    const visitor = await createVisitor(fixture, shop);
    return { visitor, id: (await askForAgent(visitor, undefined)).id };
  }

  async function sound(shop: Shop): Promise<void> {
    expect(await overloaded(fixture.db, shop.merchantId)).toEqual([]);
    expect(await impossibleRows(fixture.db, shop.merchantId)).toEqual([]);
  }

  const row = async (id: string) =>
    (
      await rowsOf<{ status: string; assignee_id: string | null }>(
        fixture.db,
        sql`select status, assignee_id from conversations where id = ${id}`,
      )
    )[0];

  const joined = async (id: string) =>
    (
      await rowsOf(
        fixture.db,
        sql`select 1 from messages where conversation_id = ${id} and parts -> 0 ->> 'key' = 'agent_joined'`,
      )
    ).length;

  it("of two agents who accept at the same moment one wins, one is told, one line is written (T12)", async () => {
    const shop = await fixture.merchant();
    const [first, second] = [await online(shop, 99), await online(shop, 99)];
    for (let round = 0; round < 40; round += 1) {
      const { id } = await inLine(shop);
      const told = await Promise.all([outcome(claimConversation(first, id)), outcome(claimConversation(second, id))]);
      expect(told.toSorted()).toEqual(["already_taken", "done"]);
      expect(await joined(id)).toBe(1);
    }
    expect(await twiceAssigned(fixture.db, shop.merchantId)).toEqual([]);
  });

  it("a claim by hand and the dispatcher give one agent, within capacity (T13)", async () => {
    const shop = await fixture.merchant();
    const [hand, other] = [await online(shop, 12), await online(shop, 12)];
    for (let round = 0; round < 20; round += 1) {
      const { id } = await inLine(shop);
      await Promise.all([outcome(claimConversation(hand, id)), dispatch(shop), dispatch(shop)]);
      expect([hand.actor.agentId, other.actor.agentId]).toContain((await row(id))?.assignee_id);
      expect(await joined(id)).toBe(1);
    }
    await sound(shop);
  });

  it("nobody is assigned to an agent after they have left, lost a place or been disabled (T14)", async () => {
    const leaves = ["away", "offline", "disabled"] as const;
    for (const [round, how] of [...leaves, ...leaves, ...leaves].entries()) {
      const shop = await fixture.merchant();
      const agent = await online(shop, 99);
      const admin = await fixture.agent(shop.merchantId, "admin");
      await Promise.all(Array.from({ length: 5 }, () => inLine(shop)));
      const leave = () =>
        how === "disabled" ? updateAgent(admin, agent.actor.agentId, { disabled: true }) : setPresence(agent, how);
      await Promise.all(round % 2 === 0 ? [dispatch(shop), leave()] : [leave(), dispatch(shop)]);
      expect(await dispatch(shop)).toBe(0);
      const [late] = await rowsOf<{ late: number }>(
        fixture.db,
        sql`select count(*)::int as late from domain_events a join domain_events p on p.merchant_id = a.merchant_id
              and p.type = 'agent.presence_changed' and p.payload ->> 'status' <> 'online' and p.id < a.id
            where a.merchant_id = ${shop.merchantId} and a.type = 'conversation.assigned'`,
      );
      expect(late?.late, how).toBe(0);
    }
  });

  it("end, transfer and time-out at once leave a legal conversation and the right load (T15)", async () => {
    const shop = await fixture.merchant();
    const [from, to] = [await online(shop, 99), await online(shop, 99)];
    const system = systemContext(fixture, shop.merchantId);
    for (let round = 0; round < 25; round += 1) {
      const { id } = await inLine(shop);
      await claimConversation(from, id);
      const due = { merchantId: shop.merchantId, id, when: sql`c.status = 'assigned'` };
      await Promise.all([
        outcome(resolveConversation(from, id)),
        outcome(handOver(from, to, id)),
        takeBack(system, due, "agent_gone"),
      ]);
      const after = await row(id);
      expect(["resolved", "assigned", "queued"]).toContain(after?.status);
      // Ended is ended: neither of the others may have taken it up again.
      expect(after?.status === "queued" ? after.assignee_id : "somebody's").not.toBe(from.actor.agentId);
    }
    await sound(shop);
  });

  it("a visitor who leaves the line as they are served is served or gone, never both (T18)", async () => {
    const shop = await fixture.merchant();
    await online(shop, 99);
    for (let round = 0; round < 24; round += 1) {
      const { visitor, id } = await inLine(shop);
      const message = { clientId: newId("client"), text: "请回电", contact: "13800000000" };
      const leave = () => (round % 2 === 0 ? endByVisitor(visitor, id) : leaveMessage(visitor, id, message));
      await Promise.all(round % 3 === 0 ? [dispatch(shop), outcome(leave())] : [outcome(leave()), dispatch(shop)]);
      const after = await row(id);
      expect(after?.assignee_id === null ? 0 : 1, after?.status).toBe(await joined(id));
      expect(["assigned", "resolved", "offline"]).toContain(after?.status);
    }
    await sound(shop);
  });

  it("a thousand at once fill twenty agents evenly, in order (T11)", async () => {
    const shop = await fixture.merchant();
    for (let index = 0; index < 20; index += 1) {
      await online(shop, 50);
    }
    const { customerId, identityId } = await fixture.customer(shop);
    // One customer can have one open conversation on a channel; a thousand channels stand for a thousand customers.
    await rowsOf(
      fixture.db,
      sql`insert into channels (id, merchant_id, type, name)
          select ${shop.merchantId} || n, ${shop.merchantId}, 'web', 'web' from generate_series(1, 1000) n`,
    );
    await rowsOf(
      fixture.db,
      sql`insert into conversations (id, merchant_id, channel_id, customer_id, identity_id, status, queued_at)
          select ${shop.merchantId} || '-' || n, ${shop.merchantId}, ${shop.merchantId} || n, ${customerId}, ${identityId},
            'queued', now() + n * interval '1 millisecond' from generate_series(1, 1000) n`,
    );
    await Promise.all(Array.from({ length: 8 }, () => dispatch(shop)));
    const loads = await rowsOf<{ open: number }>(
      fixture.db,
      sql`select count(*)::int as open from conversations where merchant_id = ${shop.merchantId}
            and status = 'assigned' group by assignee_id`,
    );
    expect(loads.map(({ open }) => open)).toEqual(Array.from({ length: 20 }, () => 50));
    expect(await twiceAssigned(fixture.db, shop.merchantId)).toEqual([]);
  });
});
