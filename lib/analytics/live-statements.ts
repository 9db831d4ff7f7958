import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { MetricKind } from "./measure";

/** Days that the dashboard looks back, today included. */
export const LIVE_DAYS = 14;
/** Days whose ratings are counted, today included. */
const STARS_DAYS = 30;
/** Bucket beside the days: the same weekday a week ago, up to the same time of day. */
export const SAME_TIME_LAST_WEEK = "last-week";
const MEASURED: readonly MetricKind[] = ["first_response", "resolution", "bot_contained", "messages", "rating"];

/** The bounds of "today", in the merchant's time zone; moments as ISO text. */
export interface Period {
  readonly merchantId: string;
  readonly timeZone: string;
  readonly now: string;
  readonly firstDay: string;
  /** A calendar day: the first whose ratings are counted. */
  readonly starsFrom: string;
  readonly today: string;
  readonly dayStart: string;
  readonly lastWeekStart: string;
  readonly lastWeekNow: string;
}

const iso = (moment: SQL): SQL => sql`to_char((${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Postgres does the calendar: it knows the zones and their summer times. */
export async function selectPeriod(executor: Executor, merchantId: string, now: Date): Promise<Period | undefined> {
  const at = now.toISOString();
  const [row] = await rowsOf<Record<string, string>>(
    executor,
    sql`
    select zone, to_char(local, 'YYYY-MM-DD') as today,
      to_char(local - make_interval(days => ${STARS_DAYS - 1}), 'YYYY-MM-DD') as stars_from,
      ${iso(sql`date_trunc('day', local) at time zone zone`)} as day_start,
      ${iso(sql`(date_trunc('day', local) - make_interval(days => ${LIVE_DAYS - 1})) at time zone zone`)} as first_day,
      ${iso(sql`(date_trunc('day', local) - interval '7 days') at time zone zone`)} as last_week_start,
      ${iso(sql`(local - interval '7 days') at time zone zone`)} as last_week_now
    from (select timezone as zone, ${at}::timestamptz at time zone timezone as local
          from merchants where id = ${merchantId}) as clock`,
  );
  return row
    ? {
        merchantId,
        timeZone: String(row.zone),
        now: at,
        today: String(row.today),
        dayStart: String(row.day_start),
        firstDay: String(row.first_day),
        starsFrom: String(row.stars_from),
        lastWeekStart: String(row.last_week_start),
        lastWeekNow: String(row.last_week_now),
      }
    : undefined;
}

/** Puts each row into its day, and a second time into the week-ago bucket where it belongs there. */
function buckets(moment: SQL, period: Period): SQL {
  return sql`cross join lateral (values
      (to_char(${moment} at time zone ${period.timeZone}, 'YYYY-MM-DD')),
      (case when ${moment} >= ${period.lastWeekStart}::timestamptz and ${moment} < ${period.lastWeekNow}::timestamptz
            then ${SAME_TIME_LAST_WEEK} end)) as bucket(name)`;
}

export interface Wallboard extends Record<string, unknown> {
  readonly waiting: number;
  readonly longest_wait: number | null;
  readonly open: number;
  readonly with_bot: number;
}

export async function selectWallboard(executor: Executor, period: Period): Promise<Wallboard> {
  const [row] = await rowsOf<Wallboard>(
    executor,
    sql`
    select count(*) filter (where status = 'queued')::int as waiting,
      floor(extract(epoch from ${period.now}::timestamptz - min(queued_at) filter (where status = 'queued')))::int as longest_wait,
      count(*) filter (where status in ('assigned', 'snoozed'))::int as open,
      count(*) filter (where status = 'bot' and last_message_at > ${period.now}::timestamptz - interval '30 minutes')::int as with_bot
    from conversations
    where merchant_id = ${period.merchantId} and status in ('bot', 'queued', 'assigned', 'snoozed')`,
  );
  return row ?? { waiting: 0, longest_wait: null, open: 0, with_bot: 0 };
}

/** Different customers who began a conversation today, and of those in `open` conversations. */
export async function selectVisitors(
  executor: Executor,
  period: Period,
  open: readonly string[],
): Promise<{ readonly online: number; readonly today: number }> {
  const [row] = await rowsOf<{ online: number; today: number }>(
    executor,
    sql`
    select (select count(distinct customer_id)::int from conversations
        where id = any(${sql.param(open)}::text[]) and merchant_id = ${period.merchantId}) as online,
      (select count(distinct customer_id)::int from conversations
        where merchant_id = ${period.merchantId} and created_at >= ${period.dayStart}::timestamptz) as today`,
  );
  return row ?? { online: 0, today: 0 };
}

/** All customers of a merchant. */
export async function countCustomers(executor: Executor, merchantId: string): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    executor,
    sql`select count(*)::int as count from customers where merchant_id = ${merchantId}`,
  );
  return row?.count ?? 0;
}

export interface AgentLoad extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly presence: "online" | "away" | "offline";
  readonly capacity: number;
  readonly open: number;
  readonly resolved_today: number;
}

export async function selectAgentsLoad(executor: Executor, period: Period): Promise<AgentLoad[]> {
  return rowsOf<AgentLoad>(
    executor,
    sql`
    select m.id, u.name, m.presence, m.capacity,
      (select count(*)::int from conversations c where c.assignee_id = m.id and c.status in ('assigned', 'snoozed')) as open,
      coalesce(solved.count, 0)::int as resolved_today
    from memberships m
    join users u on u.id = m.user_id
    left join (select agent_id, count(*) from metric_facts
               where merchant_id = ${period.merchantId} and kind = 'resolution' and occurred_at >= ${period.dayStart}::timestamptz
               group by agent_id) as solved on solved.agent_id = m.id
    where m.merchant_id = ${period.merchantId} and not m.disabled and not u.disabled
    order by m.presence, u.name, m.id`,
  );
}

export interface DayOfConversations extends Record<string, unknown> {
  readonly name: string;
  readonly count: number;
  readonly person: number;
  readonly nobody: number;
}

export async function selectConversationDays(executor: Executor, period: Period): Promise<DayOfConversations[]> {
  return rowsOf<DayOfConversations>(
    executor,
    sql`
    select bucket.name, count(*)::int,
      count(*) filter (where assignee_id is not null)::int as person,
      count(*) filter (where assignee_id is null and queued_at is not null)::int as nobody
    from conversations ${buckets(sql`created_at`, period)}
    where merchant_id = ${period.merchantId} and created_at >= ${period.firstDay}::timestamptz
      and created_at <= ${period.now}::timestamptz and bucket.name is not null
    group by bucket.name`,
  );
}

export interface DayOfFacts extends Record<string, unknown> {
  readonly kind: MetricKind;
  readonly name: string;
  readonly count: number;
  readonly total: number;
  readonly median: number | null;
}

export async function selectFactDays(executor: Executor, period: Period): Promise<DayOfFacts[]> {
  return rowsOf<DayOfFacts>(
    executor,
    sql`
    select kind, bucket.name, count(*)::int, sum(value)::float8 as total,
      percentile_cont(0.5) within group (order by value) filter (where kind = 'first_response') as median
    from metric_facts ${buckets(sql`occurred_at`, period)}
    where merchant_id = ${period.merchantId} and kind = any(${sql.param([...MEASURED])}::text[])
      and occurred_at >= ${period.firstDay}::timestamptz and occurred_at <= ${period.now}::timestamptz
      and bucket.name is not null
    group by kind, bucket.name`,
  );
}

export async function selectChannelCounts(
  executor: Executor,
  period: Period,
): Promise<{ channelId: string; name: string; type: string; count: number }[]> {
  return rowsOf<{ channelId: string; name: string; type: string; count: number }>(
    executor,
    sql`
    select ch.id as "channelId", ch.name, ch.type, count(*)::int
    from conversations c join channels ch on ch.id = c.channel_id
    where c.merchant_id = ${period.merchantId} and c.created_at >= ${period.firstDay}::timestamptz
      and c.created_at <= ${period.now}::timestamptz
    group by ch.id, ch.name, ch.type order by count(*) desc, ch.id`,
  );
}

/** Ratings of the last days by stars, from a midnight of the merchant's on. */
export async function selectStars(executor: Executor, period: Period): Promise<{ stars: number; count: number }[]> {
  return rowsOf<{ stars: number; count: number }>(
    executor,
    sql`
    select stars, count(*)::int from ratings
    where merchant_id = ${period.merchantId} and created_at >= (${period.starsFrom}::date::timestamp at time zone ${period.timeZone})
    group by stars`,
  );
}
