import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { merchants } from "@/db/schema/merchants";
import { metricDaysDone, metricFacts } from "@/db/schema/operations";
import { exportReport, exportReportConversations } from "@/lib/composition/report-exports";
import { newId } from "@/lib/core/ids";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import type { AgentContext } from "@/lib/testing/desk-fixture";
import { rebuildDays, rollUpDays } from "./day-service";
import { selectOpenDays } from "./day-statements";
import { type DrillQuery, SPANS } from "./report-contracts";
import { getReport, listReportConversations } from "./report-queries";
import { recordConversation } from "./service";

const HOUR = 3_600_000;
/** Two weeks around the end of summer time in New York (2026-11-01 06:00 UTC), a conversation every 50 minutes. */
const FIRST = Date.parse("2026-10-25T00:00:00Z");
const COUNT = 400;
const NOW = new Date("2026-11-09T12:00:00Z");

let api: ApiFixture;
let admin: AgentContext;
let place: { merchantId: string; channelId: string };

const DAY = { from: "2026-11-01", to: "2026-11-01" };

/** Numbers without chance, that look like it. */
const noise = (index: number, salt: number): number => ((index * 7_919 + salt * 104_729) % 1_000) / 1_000;

beforeAll(async () => {
  api = await createApiFixture();
  place = await api.desk.merchant();
  admin = await api.desk.agent(place.merchantId, "admin");
  const agent = await api.desk.agent(place.merchantId);
  const customer = await api.desk.customer(place);
  for (let index = 0; index < COUNT; index += 1) {
    const createdAt = new Date(FIRST + index * 50 * 60_000);
    const id = newId("conversation", createdAt);
    const person = noise(index, 1) > 0.4;
    await api.desk.db.insert(conversations).values({
      id,
      ...place,
      ...customer,
      createdAt,
      status: "resolved",
      assigneeId: person ? agent.actor.agentId : null,
      resolvedAt: noise(index, 2) > 0.2 ? new Date(createdAt.getTime() + HOUR) : null,
      context: index % 3 === 0 ? { referrer: "https://www.search.example/q?x=1", userAgent: "Mobi" } : {},
    });
    const fact = (kind: string, value: number) => ({
      merchantId: place.merchantId,
      channelId: place.channelId,
      conversationId: id,
      agentId: person ? agent.actor.agentId : null,
      kind,
      value,
      occurredAt: new Date(createdAt.getTime() + 5 * 60_000),
    });
    await api.desk.db
      .insert(metricFacts)
      .values([
        ...SPANS.map((kind, salt) => fact(kind, Math.round(noise(index, salt + 3) * 900) / 3)),
        fact("messages", 4),
        ...(person ? [fact("rating", 1 + Math.floor(noise(index, 9) * 5))] : [fact("bot_contained", 1)]),
      ]);
  }
});
afterAll(() => api.end());

/** The same figures by another road: raw rows by their own local date, sorted and counted here. */
async function recomputed(zone: string, from: string, to: string) {
  await api.desk.db.update(merchants).set({ timezone: zone }).where(eq(merchants.id, place.merchantId));
  const rows = await rowsOf<{ kind: string; value: number }>(
    api.desk.db,
    sql`select kind, value from metric_facts where (occurred_at at time zone ${zone})::date between ${from} and ${to}`,
  );
  const begun = await rowsOf<{ day: string; weekday: number; hour: number; resolved: boolean }>(
    api.desk.db,
    sql`select to_char(created_at at time zone ${zone}, 'YYYY-MM-DD') as day, resolved_at is not null as resolved,
        to_char(created_at at time zone ${zone}, 'ID')::int as weekday,
        to_char(created_at at time zone ${zone}, 'HH24')::int as hour
      from conversations where (created_at at time zone ${zone})::date between ${from} and ${to}`,
  );
  const values = (kind: string) => rows.flatMap((row) => (row.kind === kind ? [row.value] : [])).sort((a, b) => a - b);
  return { values, begun };
}

function percentile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return low + (high - low) * (at - Math.floor(at));
}

function expectWithinOnePercent(shown: number | null, truth: number): void {
  expect(Math.abs((shown ?? Number.NaN) - truth)).toBeLessThanOrEqual(truth * 0.01 + 0.001);
}

const openDays = (zone: string, from: string, to: string) =>
  selectOpenDays(api.desk.db, { merchantId: place.merchantId, zone, from, to });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("reports (N1–N3)", () => {
  it.each([
    ["Asia/Shanghai", "2026-10-26", "2026-11-01"],
    ["America/New_York", "2026-10-30", "2026-11-03"],
    ["America/New_York", "2026-11-01", "2026-11-01"],
    ["Asia/Kolkata", "2026-10-28", "2026-11-02"],
    ["Asia/Kathmandu", "2026-10-28", "2026-11-02"],
  ])("in %s from %s to %s equals what the raw facts say", async (zone, from, to) => {
    const { values, begun } = await recomputed(zone, from, to);
    const read = await getReport(admin, { from, to });
    const { current, daily, heat, agents } = read;
    expect(current.conversations).toBe(begun.length);
    expect(sum(daily.map((row) => row.bot + row.person + row.nobody))).toBe(begun.length);
    expect(daily[0]?.day).toBe(from);
    expect(daily.at(-1)?.day).toBe(to);
    for (const kind of SPANS) {
      const all = values(kind);
      expect(current.spans[kind].count).toBe(all.length);
      expect(current.spans[kind].mean).toBeCloseTo(sum(all) / all.length, 6);
      expectWithinOnePercent(current.spans[kind].median, percentile(all, 0.5));
      expectWithinOnePercent(current.spans[kind].p95, percentile(all, 0.95));
    }
    expect(current.messages).toBe(sum(values("messages")));
    expect(current.satisfaction).toBeCloseTo(sum(values("rating")) / values("rating").length, 6);
    expect(current.containment).toBeCloseTo(values("bot_contained").length / values("resolution").length, 6);
    expect(current.resolutionRate).toBeCloseTo(begun.filter((row) => row.resolved).length / begun.length, 6);
    expect(sum(agents.map((agent) => agent.ratings))).toBe(values("rating").length);
    for (const { weekday, hour } of begun.slice(0, 20)) {
      const here = begun.filter((row) => row.weekday === weekday && row.hour === hour).length;
      expect(heat[weekday - 1]?.[hour]).toBe(here);
    }
    // Days of another zone are made again; what was added up says what the raw rows say.
    await rollUpDays(api.desk.db, NOW);
    expect(await openDays(zone, from, to)).toEqual([]);
    expect(await getReport(admin, { from, to })).toEqual(read);
  });

  it("a day whose facts change is read anew, and made again by the next run; the others stay", async () => {
    await recomputed("Asia/Shanghai", "2026-10-26", "2026-11-01");
    await rollUpDays(api.desk.db, NOW);
    const range = { from: "2026-10-26", to: "2026-11-01" };
    const before = await getReport(admin, range);
    const [one] = await rowsOf<{ id: string; day: string }>(
      api.desk.db,
      sql`select id, to_char(created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day from conversations
          where created_at > '2026-10-29T06:00:00Z' and merchant_id = ${place.merchantId} order by created_at limit 1`,
    );
    // The samples' facts are made up; measuring this conversation from its rows takes them away.
    await recordConversation(api.desk.db, one?.id ?? "");
    expect(await openDays("Asia/Shanghai", range.from, range.to)).toEqual([one?.day]);
    const after = await getReport(admin, range);
    expect(after.current.messages).toBe(before.current.messages - 4);
    expect(await rollUpDays(api.desk.db, NOW)).toBe(1);
    expect(await getReport(admin, range)).toEqual(after);
    expect(await rebuildDays(api.desk.db, NOW, place.merchantId)).toBeGreaterThan(7);
    expect(await getReport(admin, range)).toEqual(after);
  });

  it("recordings and runs at once lose nothing", async () => {
    const ids = await rowsOf<{ id: string }>(
      api.desk.db,
      sql`select id from conversations where merchant_id = ${place.merchantId} order by id desc limit 20`,
    );
    await Promise.all([
      ...ids.map(({ id }) => recordConversation(api.desk.db, id)),
      ...Array.from({ length: 4 }, () => rollUpDays(api.desk.db, NOW)),
    ]);
    await rollUpDays(api.desk.db, NOW);
    const range = { from: "2026-10-25", to: "2026-11-08" };
    const added = await getReport(admin, range);
    await api.desk.db.delete(metricDaysDone);
    expect(await getReport(admin, range)).toEqual(added);
  });

  it("the day that summer time ends has 25 hours of conversations, and the range before as many days", async () => {
    await recomputed("America/New_York", "2026-11-01", "2026-11-01");
    const { current, previous } = await getReport(admin, { from: "2026-11-01", to: "2026-11-01" });
    expect(current.conversations).toBe(30);
    expect([previous.from, previous.to, previous.conversations]).toEqual(["2026-10-31", "2026-10-31", 29]);
  });

  it("a figure opens into exactly the conversations behind it, page by page, each once", async () => {
    const range = { from: "2026-10-30", to: "2026-11-03" };
    const { current } = await getReport(admin, range);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listReportConversations(admin, { ...range, metric: "wait", limit: 37, cursor });
      seen.push(...page.items.map((row) => row.conversationId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(current.spans.wait.count);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("every number of a report opens into as many conversations as it counts", async () => {
    const range = { from: "2026-10-30", to: "2026-11-03" };
    const read = await getReport(admin, range);
    const behind = async (part: Partial<DrillQuery>) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listReportConversations(admin, { ...range, metric: "begun", limit: 50, cursor, ...part });
        ids.push(...page.items.map((row) => row.conversationId));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return ids;
    };
    const count = async (part: Partial<DrillQuery>) => (await behind(part)).length;
    const { current, daily, heat } = read;
    const begun = await behind({});
    expect([begun.length, new Set(begun).size]).toEqual([current.conversations, current.conversations]);
    expect(await count({ metric: "begun_resolved" })).toBe(Math.round((current.resolutionRate ?? 0) * begun.length));
    expect(await count({ metric: "rating" })).toBe(current.ratings);
    const [day] = daily;
    const one = { from: day?.day, to: day?.day };
    expect([
      await count({ ...one, metric: "begun_bot" }),
      await count({ ...one, metric: "begun_person" }),
      await count({ ...one, metric: "begun_nobody" }),
    ]).toEqual([day?.bot, day?.person, day?.nobody]);
    const weekday = heat.findIndex((hours) => hours.some((each) => each > 0));
    const hour = heat[weekday]?.findIndex((each) => each > 0) ?? 0;
    expect(await count({ weekday, hour })).toBe(heat[weekday]?.[hour]);
    for (const [name, shares] of [
      ["source", read.sources],
      ["device", read.devices],
      ["place", read.places],
      ["topic", read.topics],
      ["channelId", read.channels],
    ] as const) {
      expect(shares.length).toBeGreaterThan(0);
      for (const share of shares) {
        expect(await count({ [name]: share.key }), `${name} ${share.key}`).toBe(share.count);
      }
    }
    const stars = await Promise.all([1, 2, 3, 4, 5].map((each) => count({ metric: "rating", stars: each })));
    expect(sum(stars)).toBe(current.ratings);
    for (const { agentId, resolved, responses } of read.agents) {
      expect(await count({ metric: "resolution", agentId })).toBe(resolved);
      expect(await count({ metric: "response", agentId })).toBe(responses);
    }
    const messages = await listReportConversations(admin, { ...range, metric: "messages", limit: 1_000 });
    expect(sum(messages.items.map((row) => row.value))).toBe(current.messages);
    expect(new Set(messages.items.map((row) => row.conversationId)).size).toBe(messages.items.length);
  });

  it("says where visitors came from and on what, and shows a stranger nothing", async () => {
    const range = { from: "2026-10-30", to: "2026-11-03" };
    const { sources, devices, channels } = await getReport(admin, range);
    expect(sources.map(({ key }) => key).sort()).toEqual(["", "www.search.example"]);
    expect(devices.map(({ key }) => key).sort()).toEqual(["phone", "unknown"]);
    expect(channels).toHaveLength(1);
    const stranger = await api.desk.agent((await api.desk.merchant()).merchantId, "admin");
    const theirs = await getReport(stranger, { ...range, channelId: place.channelId });
    expect([theirs.current.conversations, theirs.channels.length, theirs.agents.length]).toEqual([0, 0, 0]);
  });

  it.each([[{ from: "2026-11-02", to: "2026-11-01" }], [{ from: "2024-01-01", to: "2026-01-01" }]])(
    "refuses %j in words",
    async (query) => {
      await expect(getReport(admin, query)).rejects.toThrow("report_range");
    },
  );

  it("is taken away as a file with the same numbers, by whoever may read it", async () => {
    const { as } = await api.signedIn(place.merchantId, "supervisor");
    const { as: agent } = await api.signedIn(place.merchantId, "agent");
    const address = `${APP_URL}/api/v1/reports/export?format=csv&from=2026-11-01&to=2026-11-01`;
    expect((await exportReport(new Request(address, { headers: agent }))).status).toBe(403);
    const text = await (await exportReport(new Request(address, { headers: as }))).text();
    expect(text).toContain("会话,30,29");
    const query = "format=csv&from=2026-11-01&to=2026-11-01&metric=begun&device=phone";
    const behind = (headers: Credentials) =>
      exportReportConversations(new Request(`${APP_URL}/api/v1/reports/conversations/export?${query}`, { headers }));
    expect((await behind(agent)).status).toBe(403);
    const { items } = await listReportConversations(admin, { ...DAY, metric: "begun", device: "phone", limit: 100 });
    const lines = (await (await behind(as)).text()).trim().split("\r\n");
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(items.map((row) => row.conversationId));
  });
});
