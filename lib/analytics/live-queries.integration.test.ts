import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { conversations, domainEvents, messages, ratings } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { metricFacts } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getLiveNumbers } from "./live-queries";
import { listRatings } from "./queries";
import { recordConversation } from "./service";

// A Monday, 10:00 in Shanghai; the week before is compared up to the same time.
const NOW = new Date("2026-11-16T02:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (milliseconds: number): Date => new Date(NOW.getTime() - milliseconds);

interface Plan {
  readonly startedAt: Date;
  readonly agentId?: string;
  /** Seconds after the start. */
  readonly queuedAfter?: number;
  readonly repliedAfter?: number;
  readonly resolvedAfter?: number;
  readonly stars?: number;
  readonly status?: "bot" | "queued" | "assigned" | "resolved";
}

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;
let agentId: string;
let place: { merchantId: string; channelId: string };

async function seed(plan: Plan): Promise<string> {
  const customer = await desk.customer(place);
  const after = (seconds: number | undefined): Date | null =>
    seconds === undefined ? null : new Date(plan.startedAt.getTime() + seconds * 1_000);
  const id = newId("conversation", plan.startedAt);
  const queuedAt = after(plan.queuedAfter);
  const repliedAt = after(plan.repliedAfter);
  const resolvedAt = after(plan.resolvedAfter);
  await desk.db.insert(conversations).values({
    id,
    ...place,
    ...customer,
    status: plan.status ?? (resolvedAt ? "resolved" : "assigned"),
    assigneeId: plan.agentId ?? null,
    createdAt: plan.startedAt,
    lastMessageAt: plan.startedAt,
    queuedAt,
    assignedAt: queuedAt && plan.agentId ? queuedAt : null,
    resolvedAt,
  });
  const words = [
    { authorKind: "visitor" as const, authorId: customer.customerId, createdAt: plan.startedAt },
    ...(repliedAt ? [{ authorKind: "agent" as const, authorId: plan.agentId ?? null, createdAt: repliedAt }] : []),
  ];
  await desk.db.insert(messages).values(
    words.map((word, index) => ({
      id: newId("message", word.createdAt),
      conversationId: id,
      merchantId: place.merchantId,
      seq: index + 1,
      parts: [{ type: "text", text: "你好" }],
      ...word,
    })),
  );
  if (queuedAt) {
    await desk.db.insert(domainEvents).values([
      {
        type: "conversation.queued",
        merchantId: place.merchantId,
        conversationId: id,
        payload: { conversationId: id },
        occurredAt: queuedAt,
      },
      ...(plan.agentId
        ? [
            {
              type: "conversation.assigned",
              merchantId: place.merchantId,
              conversationId: id,
              payload: { agentId: plan.agentId },
              occurredAt: queuedAt,
            },
          ]
        : []),
    ]);
  }
  if (plan.stars !== undefined) {
    await desk.db.insert(ratings).values({
      id: newId("rating"),
      conversationId: id,
      merchantId: place.merchantId,
      customerId: customer.customerId,
      agentId: plan.agentId ?? null,
      stars: plan.stars,
      comment: plan.stars < 3 ? "太慢了" : null,
      createdAt: resolvedAt ?? plan.startedAt,
    });
  }
  await recordConversation(desk.db, id);
  return id;
}

beforeAll(async () => {
  desk = await createDeskFixture();
  place = await desk.merchant();
  admin = { ...(await desk.agent(place.merchantId, "admin", "管理员")), now: () => NOW };
  const agent = await desk.agent(place.merchantId, "agent", "小林");
  agentId = agent.actor.agentId;
  await desk.db.update(memberships).set({ presence: "online", capacity: 4 }).where(eq(memberships.id, agentId));
  stranger = { ...(await desk.agent((await desk.merchant()).merchantId, "admin")), now: () => NOW };

  // Today: one solved by a person, one by the bot, one waiting for 90 s, one being served.
  await seed({ startedAt: ago(2 * HOUR), agentId, queuedAfter: 10, repliedAfter: 40, resolvedAfter: 600, stars: 5 });
  await seed({ startedAt: ago(3 * HOUR), resolvedAfter: 60, stars: 2 });
  await seed({ startedAt: ago(100_000), status: "queued", queuedAfter: 10 });
  await seed({ startedAt: ago(HOUR), agentId, queuedAfter: 5, repliedAfter: 65 });
  // Late last night in Shanghai is still yesterday, though it is today in UTC nowhere.
  await seed({ startedAt: new Date("2026-11-15T15:59:00Z"), resolvedAfter: 30 });
  // A week ago: one before the time of day that it is now, one after.
  await seed({ startedAt: ago(7 * DAY + HOUR), agentId, queuedAfter: 0, repliedAfter: 100, resolvedAfter: 300 });
  await seed({ startedAt: ago(7 * DAY - HOUR), agentId, queuedAfter: 0, repliedAfter: 100, resolvedAfter: 300 });
});

afterAll(() => desk.end());

describe("live numbers", () => {
  it("shows who waits, for how long, and who is there for them", async () => {
    const numbers = await getLiveNumbers(admin);
    expect(numbers).toMatchObject({
      waiting: 1,
      longestWaitSeconds: 90,
      open: 1,
      capacity: 4,
      agents: { online: 1, away: 0, offline: 1 },
    });
    expect(numbers.agentsLoad).toContainEqual(
      expect.objectContaining({ agentId, name: "小林", presence: "online", open: 1, resolvedToday: 1 }),
    );
  });

  it("counts today in the merchant's time zone against the same time last week", async () => {
    const numbers = await getLiveNumbers(admin);
    expect(numbers.conversations).toMatchObject({ today: 4, lastWeek: 1 });
    expect(numbers.resolved).toMatchObject({ today: 2, lastWeek: 1 });
    expect(numbers.conversations.days).toHaveLength(14);
    expect(numbers.conversations.days.at(-2)).toBe(1);
    expect(numbers.daily.at(-1)).toEqual({ day: "2026-11-16", bot: 1, person: 2, nobody: 1 });
  });

  it("means, medians and shares are of what was measured, and null where nothing was", async () => {
    const numbers = await getLiveNumbers(admin);
    // 40 s and 65 s from the first unanswered word to the first reply.
    expect(numbers.firstResponseSeconds.today).toBe(52.5);
    expect(numbers.botContainment.today).toBe(0.5);
    expect(numbers.satisfaction.today).toBe(3.5);
    expect(numbers.satisfaction.days.at(-2)).toBeNull();
    expect(numbers.stars).toEqual([0, 1, 0, 0, 1]);
  });

  it("equals what an independent statement computes from the raw rows", async () => {
    const numbers = await getLiveNumbers(admin);
    const [raw] = await rowsOf<{ messages: number; resolved: number; stars: number }>(
      desk.db,
      sql`select
        (select count(*)::int from messages where merchant_id = ${place.merchantId} and author_kind <> 'system' and visibility = 'public'
          and (created_at at time zone 'Asia/Shanghai')::date = date '2026-11-16') as messages,
        (select count(*)::int from conversations where merchant_id = ${place.merchantId}
          and (resolved_at at time zone 'Asia/Shanghai')::date = date '2026-11-16') as resolved,
        (select avg(stars)::float8 from ratings where merchant_id = ${place.merchantId}
          and (created_at at time zone 'Asia/Shanghai')::date = date '2026-11-16') as stars`,
    );
    expect({
      messages: numbers.messages.today,
      resolved: numbers.resolved.today,
      stars: numbers.satisfaction.today,
    }).toEqual(raw);
  });

  it("turns the day when the merchant's own midnight comes, summer time or not", async () => {
    await desk.db.update(merchants).set({ timezone: "America/New_York" }).where(eq(merchants.id, place.merchantId));
    // 10:00 UTC on 16 November is 05:00 in New York; everything of "today" above began on the evening before.
    const numbers = await getLiveNumbers({ ...admin, now: () => new Date("2026-11-16T10:00:00Z") });
    await desk.db.update(merchants).set({ timezone: "Asia/Shanghai" }).where(eq(merchants.id, place.merchantId));
    expect(numbers.conversations.today).toBe(0);
    expect(numbers.daily.at(-2)).toMatchObject({ day: "2026-11-15", person: 2 });
  });

  it("shows another merchant nothing of it (T39)", async () => {
    const numbers = await getLiveNumbers(stranger);
    expect(numbers).toMatchObject({ waiting: 0, open: 0, recentRatings: [], gaps: [], byChannel: [] });
    expect(numbers.conversations.today).toBe(0);
    expect(numbers.agentsLoad.map(({ agentId: id }) => id)).not.toContain(agentId);
  });
});

it("recording a conversation twice, also at once, leaves one set of facts", async () => {
  const id = await seed({
    startedAt: ago(30 * DAY),
    agentId,
    queuedAfter: 0,
    repliedAfter: 9,
    resolvedAfter: 60,
    stars: 4,
  });
  const facts = () =>
    desk.db.select({ kind: metricFacts.kind }).from(metricFacts).where(eq(metricFacts.conversationId, id));
  const before = await facts();
  await Promise.all([
    recordConversation(desk.db, id),
    recordConversation(desk.db, id),
    recordConversation(desk.db, id),
  ]);
  expect((await facts()).map(({ kind }) => kind).sort()).toEqual(before.map(({ kind }) => kind).sort());
});

it("ratings come newest first, page by page, filtered, with the names of those concerned", async () => {
  const first = await listRatings(admin, { limit: 1 });
  expect(first.items[0]).toMatchObject({ stars: 5, agentName: "小林", customerName: "陈同学", channelName: "官网" });
  const rest = await listRatings(admin, { limit: 10, cursor: first.nextCursor ?? undefined });
  expect(rest.items.map(({ stars }) => stars)).toEqual([2, 4]);
  expect(rest.nextCursor).toBeNull();
  expect((await listRatings(admin, { limit: 10, commented: "true" })).items.map(({ comment }) => comment)).toEqual([
    "太慢了",
  ]);
  expect((await listRatings(stranger, { limit: 10 })).items).toEqual([]);
});
