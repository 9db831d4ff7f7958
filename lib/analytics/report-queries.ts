import { eq } from "drizzle-orm";
import { z } from "zod";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import type { Context } from "@/lib/platform/context";
import {
  type DRILLS,
  type DrillRow,
  daysBetween,
  isRange,
  type Report,
  type ReportFigures,
  type ReportQuery,
  SPANS,
  type SpanFigures,
} from "./report-contracts";
import {
  type AgentKind,
  countVisitors,
  type HourOfConversations,
  type KindFigures,
  type Origin,
  type Scope,
  selectAgentKinds,
  selectBounds,
  selectDrill,
  selectHours,
  selectKinds,
  selectOrigins,
} from "./report-statements";

type Reader = Context<ActorOf<"agent"> | ActorOf<"key">>;

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const SHARES = 10;

const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The calendar day that it is in a zone. */
function today(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly previousFrom: string;
  readonly current: Scope;
  readonly previous: Scope;
}

async function rangeOf(context: Reader, query: ReportQuery & { readonly days?: number }): Promise<Range> {
  const { merchantId } = context.actor;
  const [merchant] = await context.db.select().from(merchants).where(eq(merchants.id, merchantId));
  if (!merchant) {
    throw new AppError("not_found", "merchant_not_found");
  }
  const { timezone: timeZone } = merchant;
  const to = query.to ?? today(context.now(), timeZone);
  const from = query.from ?? plusDays(to, 1 - (query.days ?? DEFAULT_DAYS));
  if (!isRange(from, to)) {
    throw new AppError("invalid", "report_range", { fields: [{ path: "query.from", reason: "report_range" }] });
  }
  const { start, end, before, previousFrom } = await selectBounds(context.db, timeZone, from, daysBetween(from, to));
  const { channelId, agentId } = query;
  const scope = { merchantId, timeZone, channelId, agentId };
  return {
    from,
    to,
    previousFrom,
    current: { ...scope, start, end },
    previous: { ...scope, start: before, end: start },
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function spanOf(row: KindFigures | undefined): SpanFigures {
  return { count: row?.count ?? 0, mean: row?.mean ?? null, median: row?.median ?? null, p95: row?.p95 ?? null };
}

function figuresOf(kinds: readonly KindFigures[], hours: readonly HourOfConversations[], visitors: number) {
  const byKind = new Map(kinds.map((row) => [row.kind, row]));
  const conversations = hours.reduce((sum, row) => sum + row.count, 0);
  const resolved = hours.reduce((sum, row) => sum + row.resolved, 0);
  const ended = byKind.get("resolution")?.count ?? 0;
  const spans = Object.fromEntries(SPANS.map((kind) => [kind, spanOf(byKind.get(kind))]));
  return {
    conversations,
    visitors,
    messages: Math.round(byKind.get("messages")?.total ?? 0),
    resolutionRate: share(resolved, conversations),
    containment: share(byKind.get("bot_contained")?.count ?? 0, ended),
    satisfaction: byKind.get("rating")?.mean ?? null,
    ratings: byKind.get("rating")?.count ?? 0,
    spans: spans as ReportFigures["spans"],
  };
}

async function figuresIn(context: Reader, scope: Scope) {
  const [kinds, hours, visitors] = await Promise.all([
    selectKinds(context.db, scope),
    selectHours(context.db, scope),
    countVisitors(context.db, scope),
  ]);
  return { hours, figures: figuresOf(kinds, hours, visitors) };
}

function dailyOf(range: Range, hours: readonly HourOfConversations[]): Report["daily"] {
  return Array.from({ length: daysBetween(range.from, range.to) }, (_, index) => {
    const day = plusDays(range.from, index);
    const rows = hours.filter((row) => row.day === day);
    const sum = (name: "count" | "person" | "nobody") => rows.reduce((total, row) => total + row[name], 0);
    const [count, person, nobody] = [sum("count"), sum("person"), sum("nobody")];
    return { day, bot: count - person - nobody, person, nobody };
  });
}

function heatOf(hours: readonly HourOfConversations[]): number[][] {
  const heat = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { weekday, hour, count } of hours) {
    const row = heat[weekday];
    if (row) {
      row[hour] = (row[hour] ?? 0) + count;
    }
  }
  return heat;
}

function sharesOf(origins: readonly Origin[], keyOf: (row: Origin) => readonly [key: string, name: string]) {
  const counts = new Map<string, { key: string; name: string; count: number }>();
  for (const row of origins) {
    const [key, name] = keyOf(row);
    const known = counts.get(key);
    counts.set(key, { key, name, count: (known?.count ?? 0) + row.count });
  }
  return [...counts.values()].sort((first, second) => second.count - first.count).slice(0, SHARES);
}

function agentsOf(rows: readonly AgentKind[]): Report["agents"] {
  const names = new Map(rows.map(({ agentId, name }) => [agentId, name]));
  return [...names]
    .map(([agentId, name]) => {
      const of = (kind: string) => rows.find((row) => row.agentId === agentId && row.kind === kind);
      return {
        agentId,
        name,
        resolved: of("resolution")?.count ?? 0,
        responses: of("response")?.count ?? 0,
        firstResponseMedian: of("first_response")?.median ?? null,
        responseMedian: of("response")?.median ?? null,
        satisfaction: of("rating")?.mean ?? null,
        ratings: of("rating")?.count ?? 0,
      };
    })
    .sort((first, second) => second.resolved - first.resolved || first.name.localeCompare(second.name));
}

/**
 * A report of some days against as many before them (features.md N1–N3), from the metric facts. Days are those of the
 * merchant's time zone, so that one with summer time has days of 23 and 25 hours.
 *
 * @param query.days how many days up to the last one, where no first one is named
 * @throws AppError invalid `report_range` for one that is turned round or longer than a year
 */
export async function getReport(context: Reader, query: ReportQuery & { readonly days?: number }): Promise<Report> {
  const range = await rangeOf(context, query);
  const [current, previous, origins, agents] = await Promise.all([
    figuresIn(context, range.current),
    figuresIn(context, range.previous),
    selectOrigins(context.db, range.current),
    selectAgentKinds(context.db, range.current),
  ]);
  return {
    from: range.from,
    to: range.to,
    timeZone: range.current.timeZone,
    current: current.figures,
    previous: { ...previous.figures, from: range.previousFrom, to: plusDays(range.from, -1) },
    daily: dailyOf(range, current.hours),
    heat: heatOf(current.hours),
    channels: sharesOf(origins, (row) => [row.channelId, row.channel]),
    sources: sharesOf(origins, (row) => [row.source, row.source]),
    devices: sharesOf(origins, (row) => [row.device, row.device]),
    agents: agentsOf(agents),
  };
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,18}$/)]);

/** The conversations behind a figure. @throws AppError invalid `report_range` */
export async function listReportConversations(
  context: Reader,
  query: ReportQuery & { metric: (typeof DRILLS)[number]; limit: number; cursor?: string | undefined },
): Promise<{ items: DrillRow[]; nextCursor: string | null }> {
  const range = await rangeOf(context, query);
  const rows = await selectDrill(context.db, range.current, {
    kind: query.metric,
    limit: query.limit + 1,
    after: decodeCursor(query.cursor, cursorKey),
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ id: _, ...row }) => row),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.at, last.id]) : null,
  };
}
