import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { LABELS, SPANS } from "./report-contracts";
import { GROWTH, SMALLEST } from "./spread";

/** Stands for all channels, or all agents. */
export const ALL = "*";
/** Mark of the same span in business hours. */
export const BUSINESS = ".business";

/** Some calendar days of a merchant's zone, the last one included. */
export interface Days {
  readonly merchantId: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
}

const startOf = (day: SQL, zone: string): SQL => sql`(${day}::timestamp at time zone ${zone})`;

/** `column` lies in these days. Half-open, so that a day of 23 or 25 hours is whole and counted once. */
function within(column: SQL, { from, to, zone }: Days): SQL {
  return sql`${column} >= ${startOf(sql`${from}::date`, zone)} and ${column} < ${startOf(sql`(${to}::date + 1)`, zone)}`;
}

const bucket = (value: SQL): SQL =>
  sql`ceil(ln(greatest(${value}, ${sql.raw(String(SMALLEST))})) / ln(${sql.raw(String(GROWTH))}))::int2`;

const spans = sql.raw(SPANS.map((kind) => `'${kind}'`).join(", "));

/** Each row counted for its channel and agent, for each of the two alone, and for all. */
const CUBE = sql`grouping sets ((), (channel_id), (agent_id), (channel_id, agent_id))`;
const place = sql`case when grouping(channel_id) = 1 then ${sql.raw(`'${ALL}'`)} else channel_id end as channel_id,
  case when grouping(agent_id) = 1 then ${sql.raw(`'${ALL}'`)} else agent_id end as agent_id`;

function factRows(days: Days): SQL {
  return sql`
    facts as (
      select (f.occurred_at at time zone ${days.zone})::date as day, v.kind, coalesce(f.channel_id, '') as channel_id,
        coalesce(f.agent_id, '') as agent_id, v.value, case when f.kind in (${spans}) then ${bucket(sql`v.value`)} end as bucket
      from metric_facts f cross join lateral (values
        (f.kind, f.value), (f.kind || ${sql.raw(`'${BUSINESS}'`)}, f.business_value)) as v(kind, value)
      where f.merchant_id = ${days.merchantId} and ${within(sql`f.occurred_at`, days)} and v.value is not null
    ),
    fact_cube as (
      select day, kind, ${place}, bucket, count(*) as n, sum(value) as total
      from facts group by day, kind, bucket, ${CUBE}
    ),
    fact_days as (
      select day, kind, '' as label, channel_id, agent_id, sum(n)::int as count, sum(total)::float8 as total,
        string_agg(int2send(bucket) || int4send(n::int), ''::bytea order by bucket) as spread, null::int[] as hours
      from fact_cube group by day, kind, channel_id, agent_id
    )`;
}

/** What a conversation `c` is counted under, label by label: reports add up by these, and open by them. */
export const LABEL_OF: Record<(typeof LABELS)[number], SQL> = {
  source: sql`coalesce(left(lower(substring(c.context ->> 'referrer' from '^https?://([^/:?#]+)')), 100), '')`,
  device: sql`case when c.context ->> 'userAgent' is null then 'unknown'
    when c.context ->> 'userAgent' ~* 'MicroMessenger' then 'wechat'
    when c.context ->> 'userAgent' ~* 'iPad|Tablet' then 'tablet'
    when c.context ->> 'userAgent' ~* 'Mobi' then 'phone' else 'desktop' end`,
  place: sql`left(concat_ws('/', c.context -> 'place' ->> 'country', nullif(c.context -> 'place' ->> 'region', '')), 100)`,
  topic: sql`coalesce(left(c.topic, 100), '')`,
};

/** What became of a conversation `c` that was begun; one that is none of the last two is the bot's. */
export const OUTCOME = {
  begun_resolved: sql`c.resolved_at is not null`,
  begun_person: sql`c.assignee_id is not null`,
  begun_nobody: sql`c.assignee_id is null and c.queued_at is not null`,
};

/** What of a conversation is counted on the day it began: kind and label. */
const marks = sql.join(
  [
    sql`values ('begun', '')`,
    ...Object.entries(OUTCOME).map(([kind, is]) => sql`(case when ${is} then ${sql.raw(`'${kind}'`)} end, '')`),
    ...LABELS.map((kind) => sql`(${sql.raw(`'${kind}'`)}, ${LABEL_OF[kind]})`),
  ],
  sql`, `,
);

const hours = sql.raw(
  `array[${Array.from({ length: 24 }, (_, hour) => `count(*) filter (where hour = ${hour})`).join(", ")}]::int[]`,
);

function begunRows(days: Days): SQL {
  return sql`
    begun as (
      select local::date as day, extract(hour from local)::int as hour, m.kind, m.label, c.channel_id,
        coalesce(c.assignee_id, '') as agent_id
      from conversations c cross join lateral (values (c.created_at at time zone ${days.zone})) as l(local)
        cross join lateral (${marks}) as m(kind, label)
      where c.merchant_id = ${days.merchantId} and ${within(sql`c.created_at`, days)} and m.kind is not null
    ),
    begun_days as (
      select day, kind, label, ${place}, count(*)::int as count, count(*)::float8 as total, null::bytea as spread,
        case when kind = 'begun' then ${hours} end as hours
      from begun group by day, kind, label, ${CUBE}
    )`;
}

/** The rows of `metric_days` for some days, made from the raw rows: what is stored, and what is read while it is not. */
export function dayRows(days: Days): SQL {
  return sql`(with ${factRows(days)}, ${begunRows(days)} select * from fact_days union all select * from begun_days)`;
}

/** One row of a day, however it was come by. */
export interface DayRow extends Record<string, unknown> {
  readonly day: string;
  readonly kind: string;
  readonly label: string;
  readonly agentId: string;
  readonly count: number;
  readonly total: number;
  readonly spread: Buffer | null;
  readonly hours: number[] | null;
}

const key = (merchantId: string) => `days:${merchantId}`;

/**
 * Says that rows of these days have changed, in the transaction that changes them. Many may do so at once; whoever adds a
 * merchant's days up waits for them all, and they for it, so that no change falls between reading and marking as done.
 */
export async function markDays(tx: Transaction, merchantId: string, moments: readonly Date[]): Promise<void> {
  await rowsOf(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended(${key(merchantId)}, 0))`);
  const times = [...new Set(moments.map((moment) => moment.toISOString()))].sort();
  // The zone may put a moment a day off what UTC says; the bounds spare looking at years of other days.
  await rowsOf(
    tx,
    sql`delete from metric_days_done d using unnest(${sql.param(times)}::timestamptz[]) as moment
        where d.merchant_id = ${merchantId} and d.day = (moment at time zone d.zone)::date
          and d.day between ${times[0]}::timestamptz::date - 1 and ${times.at(-1)}::timestamptz::date + 1`,
  );
}

/** Keeps a merchant's facts from changing until the transaction ends. */
export async function holdDays(tx: Transaction, merchantId: string): Promise<void> {
  await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${key(merchantId)}, 0))`);
}

/** Makes the rows of these days anew and marks them as done. The caller holds the days. */
export async function writeDays(tx: Transaction, days: Days): Promise<void> {
  const { merchantId, zone, from, to } = days;
  await rowsOf(
    tx,
    sql`delete from metric_days where merchant_id = ${merchantId} and day between ${from}::date and ${to}::date`,
  );
  await rowsOf(
    tx,
    sql`insert into metric_days (merchant_id, day, kind, label, channel_id, agent_id, count, total, spread, hours)
        select ${merchantId}, * from (
          select day, kind, label, channel_id, agent_id, count, total, spread, hours from ${dayRows(days)} made) as rows`,
  );
  await rowsOf(
    tx,
    sql`insert into metric_days_done (merchant_id, day, zone)
        select ${merchantId}, day::date, ${zone} from generate_series(${from}::date, ${to}::date, interval '1 day') as day
        on conflict (merchant_id, day) do update set zone = excluded.zone`,
  );
}

/** Days of a range that are not added up (yet, or not in this zone), in order. */
export async function selectOpenDays(executor: Executor, { merchantId, zone, from, to }: Days): Promise<string[]> {
  const rows = await rowsOf<{ day: string }>(
    executor,
    sql`select to_char(day, 'YYYY-MM-DD') as day from generate_series(${from}::date, ${to}::date, interval '1 day') as day
        where not exists (select 1 from metric_days_done d
          where d.merchant_id = ${merchantId} and d.day = day.day::date and d.zone = ${zone})
        order by 1`,
  );
  return rows.map(({ day }) => day);
}
