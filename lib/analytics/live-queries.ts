import type { Database } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { topGaps } from "@/lib/knowledge/gap-queries";
import type { Context } from "@/lib/platform/context";
import { openVisitorPages } from "@/lib/platform/realtime/open-pages";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { LiveNumbers, Trend } from "./contracts";
import {
  type AgentLoad,
  countCustomers,
  type DayOfConversations,
  type DayOfFacts,
  LIVE_DAYS,
  type Period,
  SAME_TIME_LAST_WEEK,
  selectAgentsLoad,
  selectChannelCounts,
  selectConversationDays,
  selectFactDays,
  selectPeriod,
  selectStars,
  selectVisitors,
  selectWallboard,
} from "./live-statements";
import type { MetricKind } from "./measure";
import { listRatings } from "./queries";

const RECENT = 6;

/** The calendar days up to `today` (YYYY-MM-DD), oldest first. */
function daysUpTo(today: string): string[] {
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: LIVE_DAYS }, (_, index) =>
    new Date(last - (LIVE_DAYS - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}

/** A trend from a figure by bucket name. `none` stands where the bucket is empty: 0 for counts, null for means. */
function trendOf(days: readonly string[], figure: (name: string) => number | null): Trend {
  const values = days.map(figure);
  return { today: values.at(-1) ?? null, lastWeek: figure(SAME_TIME_LAST_WEEK), days: values };
}

function factTrends(facts: readonly DayOfFacts[], days: readonly string[]) {
  const byKey = new Map(facts.map((row) => [`${row.kind}/${row.name}`, row]));
  const of = (kind: MetricKind, name: string) => byKey.get(`${kind}/${name}`);
  return {
    messages: trendOf(days, (name) => of("messages", name)?.total ?? 0),
    resolved: trendOf(days, (name) => of("resolution", name)?.count ?? 0),
    firstResponseSeconds: trendOf(days, (name) => of("first_response", name)?.median ?? null),
    botContainment: trendOf(days, (name) => {
      const ended = of("resolution", name)?.count ?? 0;
      return ended === 0 ? null : (of("bot_contained", name)?.count ?? 0) / ended;
    }),
    satisfaction: trendOf(days, (name) => {
      const rated = of("rating", name);
      return rated ? rated.total / rated.count : null;
    }),
  };
}

function conversationTrends(rows: readonly DayOfConversations[], days: readonly string[]) {
  const byName = new Map(rows.map((row) => [row.name, row]));
  return {
    conversations: trendOf(days, (name) => byName.get(name)?.count ?? 0),
    daily: days.map((day) => {
      const row = byName.get(day);
      const { count = 0, person = 0, nobody = 0 } = row ?? {};
      return { day, bot: count - person - nobody, person, nobody };
    }),
  };
}

function teamOf(agents: readonly AgentLoad[]) {
  const inState = (presence: AgentLoad["presence"]) => agents.filter((agent) => agent.presence === presence);
  return {
    agents: { online: inState("online").length, away: inState("away").length, offline: inState("offline").length },
    capacity: inState("online").reduce((sum, agent) => sum + agent.capacity, 0),
    agentsLoad: agents.map((agent) => ({
      agentId: agent.id,
      name: agent.name,
      presence: agent.presence,
      open: agent.open,
      capacity: agent.capacity,
      resolvedToday: agent.resolved_today,
    })),
  };
}

/** Counting a hundred thousand customers takes longer than all the rest, and their number moves slowly. */
const COUNTED_MS = 60_000;
/** Up to here it is counted each time: a new shop sees its first visitors come. */
const FEW = 1_000;
const counted = sharedCache<{ readonly count: number }>("customers-counted", 1_000, COUNTED_MS);

async function totalOf(db: Database, merchantId: string): Promise<number> {
  const known = counted.get(merchantId)?.count;
  if (known !== undefined) {
    return known;
  }
  const count = await countCustomers(db, merchantId);
  if (count > FEW) {
    counted.set(merchantId, { count });
  }
  return count;
}

/** Who has the chat open, who came today, and all who ever came (features.md N2). */
async function readVisitors(db: Database, period: Period): Promise<LiveNumbers["visitors"]> {
  const open = await openVisitorPages();
  const [{ online, today }, total] = await Promise.all([
    selectVisitors(db, period, open ?? []),
    totalOf(db, period.merchantId),
  ]);
  return { online: open ? online : null, today, total };
}

async function readAll(context: Context<ActorOf<"agent"> | ActorOf<"key">>, period: Period) {
  const { db } = context;
  return Promise.all([
    selectWallboard(db, period),
    selectAgentsLoad(db, period),
    selectConversationDays(db, period),
    selectFactDays(db, period),
    selectChannelCounts(db, period),
    selectStars(db, period),
    listRatings(context, { limit: RECENT }),
    topGaps(context, RECENT),
    readVisitors(db, period),
  ]);
}

/**
 * The wallboard and today's numbers of the caller's merchant. "Today" is the merchant's calendar day; last week is the
 * same weekday up to the same time (features.md N1–N3).
 */
export async function getLiveNumbers(context: Context<ActorOf<"agent"> | ActorOf<"key">>): Promise<LiveNumbers> {
  const period = await selectPeriod(context.db, context.actor.merchantId, context.now());
  if (!period) {
    throw new AppError("not_found", "not_found");
  }
  const [board, agents, conversations, facts, byChannel, stars, ratings, gaps, visitors] = await readAll(
    context,
    period,
  );
  const days = daysUpTo(period.today);
  const starCounts = new Map(stars.map((row) => [row.stars, row.count]));
  return {
    at: period.now,
    waiting: board.waiting,
    longestWaitSeconds: board.longest_wait === null ? null : Math.max(0, board.longest_wait),
    open: board.open,
    withBot: board.with_bot,
    visitors,
    ...teamOf(agents),
    ...conversationTrends(conversations, days),
    ...factTrends(facts, days),
    stars: [1, 2, 3, 4, 5].map((count) => starCounts.get(count) ?? 0),
    starsFrom: period.starsFrom,
    byChannel: [...byChannel],
    recentRatings: ratings.items.map(({ conversationId, stars: given, comment, customerName, createdAt }) => ({
      conversationId,
      stars: given,
      comment,
      customerName,
      createdAt,
    })),
    gaps,
  };
}
