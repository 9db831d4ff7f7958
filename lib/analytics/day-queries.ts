import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { ALL, type DayRow, type Days, dayRows, selectOpenDays } from "./day-statements";
import { LABELS } from "./report-contracts";

/** Kinds whose rows have labels; their days are added up at once. */
export type Labelled = (typeof LABELS)[number];

/** What a report reads: days, and whose. */
export interface DayScope extends Days {
  readonly channelId?: string | undefined;
  readonly agentId?: string | undefined;
}

/** More separate spans of open days than this are read as one. */
const MOST_RANGES = 8;

/** Open days as ranges, adjacent ones together. */
export function rangesOf(days: readonly string[]): { readonly from: string; readonly to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && Date.parse(day) - Date.parse(last.to) === 86_400_000) {
      last.to = day;
    } else {
      ranges.push({ from: day, to: day });
    }
  }
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last && ranges.length > MOST_RANGES ? [{ from: first.from, to: last.to }] : ranges;
}

/** Rows of these days: what is added up already, and the open days from the raw rows. */
function rowsIn(scope: Days, open: readonly string[]): SQL {
  const days = sql.param([...open]);
  const inside = open.filter((day) => day >= scope.from && day <= scope.to);
  const raw = rangesOf(inside).map(
    (
      range,
    ) => sql` union all select d.day, d.kind, d.label, d.channel_id, d.agent_id, d.count, d.total, d.spread, d.hours
      from ${dayRows({ ...scope, ...range })} d where d.day = any(${days}::date[])`,
  );
  return sql`(select day, kind, label, channel_id, agent_id, count, total, spread, hours from metric_days
      where merchant_id = ${scope.merchantId} and day between ${scope.from}::date and ${scope.to}::date
        and day <> all(${days}::date[])${sql.join(raw)})`;
}

const columns = sql`to_char(r.day, 'YYYY-MM-DD') as day, r.kind, r.label, r.agent_id as "agentId", r.count, r.total, r.spread, r.hours`;

/** Figures by day, of one agent or all together. */
function selectFigures(executor: Executor, scope: DayScope, open: readonly string[]): Promise<DayRow[]> {
  return rowsOf<DayRow>(
    executor,
    sql`select ${columns} from ${rowsIn(scope, open)} r
        where r.channel_id = ${scope.channelId ?? ALL} and r.agent_id = ${scope.agentId ?? ALL}
          and r.kind <> all(${sql.param([...LABELS])}::text[])`,
  );
}

export interface LabelCount extends Record<string, unknown> {
  readonly kind: Labelled;
  readonly label: string;
  readonly count: number;
}

/** Conversations begun by source, device, place and topic. */
function selectLabels(executor: Executor, scope: DayScope, open: readonly string[]): Promise<LabelCount[]> {
  return rowsOf<LabelCount>(
    executor,
    sql`select r.kind, r.label, sum(r.count)::int as count from ${rowsIn(scope, open)} r
        where r.channel_id = ${scope.channelId ?? ALL} and r.agent_id = ${scope.agentId ?? ALL}
          and r.kind = any(${sql.param([...LABELS])}::text[])
        group by 1, 2 order by 3 desc, 2`,
  );
}

const AGENT_KINDS = ["first_response", "response", "resolution", "rating"];

/** Each agent's figures by day. */
function selectAgents(executor: Executor, scope: DayScope, open: readonly string[]): Promise<DayRow[]> {
  const one = scope.agentId === undefined ? sql`` : sql` and r.agent_id = ${scope.agentId}`;
  return rowsOf<DayRow>(
    executor,
    sql`select ${columns} from ${rowsIn(scope, open)} r
        where r.channel_id = ${scope.channelId ?? ALL} and r.agent_id not in ('*', '')${one}
          and r.kind = any(${sql.param(AGENT_KINDS)}::text[])`,
  );
}

export interface ChannelCount extends Record<string, unknown> {
  readonly channelId: string;
  readonly name: string;
  readonly count: number;
}

/** Conversations begun by channel. */
function selectChannels(executor: Executor, scope: DayScope, open: readonly string[]): Promise<ChannelCount[]> {
  const one = scope.channelId === undefined ? sql`` : sql` and r.channel_id = ${scope.channelId}`;
  return rowsOf<ChannelCount>(
    executor,
    sql`select r.channel_id as "channelId", h.name, sum(r.count)::int as count
        from ${rowsIn(scope, open)} r join channels h on h.id = r.channel_id
        where r.agent_id = ${scope.agentId ?? ALL} and r.kind = 'begun'${one}
        group by 1, 2 order by 3 desc, 1`,
  );
}

export interface DayFigures {
  /** Of the range and of the days before it. */
  readonly figures: readonly DayRow[];
  readonly labels: readonly LabelCount[];
  readonly agents: readonly DayRow[];
  readonly channels: readonly ChannelCount[];
}

/** Everything that a report reads by days. @param previousFrom first day of the range to compare with */
export async function readDays(executor: Executor, scope: DayScope, previousFrom: string): Promise<DayFigures> {
  const whole = { ...scope, from: previousFrom };
  const open = await selectOpenDays(executor, whole);
  const [figures, labels, agents, channels] = await Promise.all([
    selectFigures(executor, whole, open),
    selectLabels(executor, scope, open),
    selectAgents(executor, scope, open),
    selectChannels(executor, scope, open),
  ]);
  return { figures, labels, agents, channels };
}

/** Figures by day alone. */
export async function readFigures(executor: Executor, scope: DayScope): Promise<DayRow[]> {
  return selectFigures(executor, scope, await selectOpenDays(executor, scope));
}
