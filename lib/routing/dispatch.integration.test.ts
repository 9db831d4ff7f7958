import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { claimConversation, resolveConversation } from "@/lib/conversations/agent-service";
import { requestHandoff } from "@/lib/conversations/service";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { setPresence } from "@/lib/identity/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { dispatchQueue } from "./service";

describe("dispatching the queue", () => {
  let fixture: DeskFixture;
  beforeAll(async () => {
    fixture = await createDeskFixture();
  });
  afterAll(() => fixture.end());

  async function queue(shop: { merchantId: string; channelId: string }, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const visitor = await createVisitor(fixture, shop);
      const { conversation } = await postVisitorMessage(visitor, {
        clientId: newId("client"),
        parts: [{ type: "text", text: "转人工" }],
      });
      await requestHandoff(visitor, { conversationId: conversation.id, reason: "requested" });
      ids.push(conversation.id);
    }
    return ids;
  }

  async function loads(merchantId: string): Promise<number[]> {
    const rows = await rowsOf<{ open: number }>(
      fixture.db,
      sql`
      select count(c.id)::int as open from memberships m left join conversations c on c.assignee_id = m.id and c.status = 'assigned'
      where m.merchant_id = ${merchantId} group by m.id order by m.id`,
    );
    return rows.map((row) => row.open);
  }

  it("fills exactly the free places, in order, with eight dispatchers at once (T10)", async () => {
    const shop = await fixture.merchant();
    const agents: AgentContext[] = [];
    for (let index = 0; index < 3; index += 1) {
      const agent = await fixture.agent(shop.merchantId);
      await setPresence(agent, "online");
      agents.push(agent);
    }
    const ids = await queue(shop, 20);
    const system = systemContext(fixture, shop.merchantId);
    const assigned = await Promise.all(Array.from({ length: 8 }, () => dispatchQueue(system, shop.merchantId)));
    expect(assigned.reduce((sum, count) => sum + count, 0)).toBe(15);
    expect(await loads(shop.merchantId)).toEqual([5, 5, 5]);
    const waiting = await rowsOf<{ id: string }>(
      fixture.db,
      sql`select id from conversations where merchant_id = ${shop.merchantId} and status = 'queued' order by queued_at, id`,
    );
    expect(waiting.map((row) => row.id)).toEqual(ids.slice(15));
  });

  it("gives nothing to agents who are away, offline or disabled", async () => {
    const shop = await fixture.merchant();
    const away = await fixture.agent(shop.merchantId);
    await setPresence(away, "away");
    await fixture.agent(shop.merchantId);
    await queue(shop, 2);
    expect(await dispatchQueue(systemContext(fixture, shop.merchantId), shop.merchantId)).toBe(0);
  });

  it("never exceeds capacity when claims race the dispatcher", async () => {
    const shop = await fixture.merchant();
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    const ids = await queue(shop, 12);
    const system = systemContext(fixture, shop.merchantId);
    await Promise.allSettled([
      ...ids.toReversed().map((id) => claimConversation(agent, id)),
      ...Array.from({ length: 4 }, () => dispatchQueue(system, shop.merchantId)),
    ]);
    expect(await loads(shop.merchantId)).toEqual([5]);
  });

  it("serves the next visitor when a conversation ends", async () => {
    const shop = await fixture.merchant();
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    const ids = await queue(shop, 6);
    const system = systemContext(fixture, shop.merchantId);
    await dispatchQueue(system, shop.merchantId);
    await resolveConversation(agent, ids[0] ?? "");
    expect(await dispatchQueue(system, shop.merchantId)).toBe(1);
    expect(await loads(shop.merchantId)).toEqual([5]);
  });

  it("serves nobody at a place that they have just lost: who goes to the end of the line during a run waits there", async () => {
    const shop = await fixture.merchant();
    const agent = await fixture.agent(shop.merchantId);
    await setPresence(agent, "online");
    await rowsOf(fixture.db, sql`update memberships set capacity = 1 where id = ${agent.actor.agentId}`);
    const [first = "", second = ""] = await queue(shop, 2);
    const system = systemContext(fixture, shop.merchantId);
    const moved = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const moving = fixture.db.transaction(async (tx) => {
      await rowsOf(tx, sql`update conversations set queued_at = now() + interval '1 minute' where id = ${first}`);
      moved.resolve();
      await mayEnd.promise;
    });
    await moved.promise;
    const running = dispatchQueue(system, shop.merchantId);
    // It has looked at the line, and waits for whoever is being moved.
    const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await vi.waitUntil(async () => (await rowsOf(fixture.db, waits)).length > 0, { timeout: 20_000, interval: 20 });
    mayEnd.resolve();
    await moving;
    expect(await running).toBe(1);
    const rows = await rowsOf<{ id: string; status: string }>(
      fixture.db,
      sql`select id, status from conversations where merchant_id = ${shop.merchantId} order by queued_at desc nulls last, id`,
    );
    expect(rows).toEqual([
      { id: first, status: "queued" },
      { id: second, status: "assigned" },
    ]);
  });

  it("gives nobody a conversation before its first words stand in it", async () => {
    const shop = await fixture.merchant();
    await fixture.db
      .update(channels)
      .set({ config: { botEnabled: false } })
      .where(eq(channels.id, shop.channelId));
    for (let index = 0; index < 3; index += 1) {
      await setPresence(await fixture.agent(shop.merchantId), "online");
    }
    const system = systemContext(fixture, shop.merchantId);
    const visitors = await Promise.all(Array.from({ length: 12 }, () => createVisitor(fixture, shop)));
    const parts = [{ type: "text" as const, text: "在吗" }];
    await Promise.all(
      visitors.flatMap((visitor) => [
        postVisitorMessage(visitor, { clientId: newId("client"), parts }),
        dispatchQueue(system, shop.merchantId),
      ]),
    );
    await dispatchQueue(system, shop.merchantId);
    const rows = await rowsOf<{ first: string; together: boolean }>(
      fixture.db,
      sql`select m.author_kind as first, m.xmin = e.xmin as together
          from conversations c join messages m on m.conversation_id = c.id and m.seq = 1
          join domain_events e on e.conversation_id = c.id and e.type = 'conversation.queued'
          where c.merchant_id = ${shop.merchantId}`,
    );
    expect(rows).toEqual(visitors.map(() => ({ first: "visitor", together: true })));
  });
});
