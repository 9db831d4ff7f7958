import { eq } from "drizzle-orm";
import { z } from "zod";
import { merchants } from "@/db/schema/merchants";
import { businessHoursSettings } from "@/lib/conversations/settings-schema";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { readSettings } from "@/lib/settings/service";
import { type LabelCount, type Labelled, readDays } from "./day-queries";
import { BUSINESS, type DayRow } from "./day-statements";
import { type Part, selectDrill } from "./drill-statements";
import {
  type DrillRow,
  daysBetween,
  isRange,
  type Report,
  type ReportFigures,
  type ReportQuery,
  SPANS,
  type SpanFigures,
} from "./report-contracts";
import { countVisitors, type Scope, selectBounds } from "./report-statements";
import { addSpread, quantile } from "./spread";

type Reader = Context<ActorOf<"agent"> | ActorOf<"key">>;

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;
const SHARES = 10;

/** The calendar day some days later; earlier for a negative number. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The calendar day that it is in a zone. */
export function today(now: Date, timeZone: string): string {
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

/** Rounded, so that the order of adding up does not show. */
const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1e9) / 1e9;

const sum = (rows: readonly DayRow[], figure: "count" | "total" = "count"): number =>
  rows.reduce((total, row) => total + row[figure], 0);

function spanOf(rows: readonly DayRow[]): SpanFigures {
  const spread = new Map<number, number>();
  for (const row of rows) {
    if (row.spread) {
      addSpread(spread, row.spread);
    }
  }
  const count = sum(rows);
  return { count, mean: share(sum(rows, "total"), count), median: quantile(spread, 0.5), p95: quantile(spread, 0.95) };
}

/** The figures of some days, which may be of different ranges. @param business whether business hours are asked for */
export function figuresOf(rows: readonly DayRow[], visitors: number, business: boolean): ReportFigures {
  const byKind = Map.groupBy(rows, (row) => row.kind);
  const of = (kind: string) => byKind.get(kind) ?? [];
  const spansOf = (suffix: string) =>
    Object.fromEntries(SPANS.map((kind) => [kind, spanOf(of(`${kind}${suffix}`))])) as ReportFigures["spans"];
  const conversations = sum(of("begun"));
  const ratings = sum(of("rating"));
  return {
    conversations,
    visitors,
    messages: Math.round(sum(of("messages"), "total")),
    resolutionRate: share(sum(of("begun_resolved")), conversations),
    containment: share(sum(of("bot_contained")), sum(of("resolution"))),
    satisfaction: share(sum(of("rating"), "total"), ratings),
    ratings,
    spans: spansOf(""),
    businessSpans: business ? spansOf(BUSINESS) : null,
  };
}

function dailyOf(range: Range, rows: readonly DayRow[]): Report["daily"] {
  const counts = new Map(rows.map((row) => [`${row.day}/${row.kind}`, row.count]));
  return Array.from({ length: daysBetween(range.from, range.to) }, (_, index) => {
    const day = plusDays(range.from, index);
    const of = (kind: string) => counts.get(`${day}/${kind}`) ?? 0;
    const [person, nobody] = [of("begun_person"), of("begun_nobody")];
    return { day, bot: of("begun") - person - nobody, person, nobody };
  });
}

function heatOf(rows: readonly DayRow[]): number[][] {
  const heat = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { day, hours } of rows) {
    // 1970-01-05 was a Monday.
    const weekday = heat[(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS) + 3) % 7];
    hours?.forEach((count, hour) => {
      if (weekday) {
        weekday[hour] = (weekday[hour] ?? 0) + count;
      }
    });
  }
  return heat;
}

function sharesOf(labels: readonly LabelCount[], kind: Labelled): Report["sources"] {
  return labels
    .filter((row) => row.kind === kind)
    .slice(0, SHARES)
    .map(({ label, count }) => ({ key: label, name: label, count }));
}

async function agentsOf(context: Reader, rows: readonly DayRow[]): Promise<Report["agents"]> {
  const byAgent = Map.groupBy(rows, (row) => row.agentId);
  const cards = await agentCards(context.db, byAgent.keys());
  return [...byAgent]
    .flatMap(([agentId, own]) => {
      const name = cards.get(agentId)?.name;
      const of = (kind: string) => own.filter((row) => row.kind === kind);
      return name === undefined
        ? []
        : {
            agentId,
            name,
            resolved: sum(of("resolution")),
            responses: sum(of("response")),
            firstResponseMedian: spanOf(of("first_response")).median,
            responseMedian: spanOf(of("response")).median,
            satisfaction: share(sum(of("rating"), "total"), sum(of("rating"))),
            ratings: sum(of("rating")),
          };
    })
    .sort((first, second) => second.resolved - first.resolved || first.name.localeCompare(second.name));
}

/**
 * A report of some days against as many before them (features.md N1–N3), from the days added up, or the raw facts where
 * they are not yet. Days are those of the merchant's time zone, so that one with summer time has days of 23 and 25 hours.
 *
 * @param query.days how many days up to the last one, where no first one is named
 * @throws AppError invalid `report_range` for one that is turned round or longer than a year
 */
export async function getReport(context: Reader, query: ReportQuery & { readonly days?: number }): Promise<Report> {
  const range = await rangeOf(context, query);
  const { merchantId, timeZone: zone, channelId, agentId } = range.current;
  const scope = { merchantId, zone, channelId, agentId, from: range.from, to: range.to };
  const [days, visitors, visitorsBefore, hours] = await Promise.all([
    readDays(context.db, scope, range.previousFrom),
    countVisitors(context.db, range.current),
    countVisitors(context.db, range.previous),
    readSettings(context.db, merchantId, businessHoursSettings),
  ]);
  const [before, rows] = [
    days.figures.filter(({ day }) => day < range.from),
    days.figures.filter(({ day }) => day >= range.from),
  ];
  return {
    from: range.from,
    to: range.to,
    timeZone: zone,
    today: today(context.now(), zone),
    current: figuresOf(rows, visitors, hours.enabled),
    previous: {
      ...figuresOf(before, visitorsBefore, hours.enabled),
      from: range.previousFrom,
      to: plusDays(range.from, -1),
    },
    daily: dailyOf(range, rows),
    heat: heatOf(rows.filter(({ kind }) => kind === "begun")),
    channels: days.channels.slice(0, SHARES).map((row) => ({ key: row.channelId, name: row.name, count: row.count })),
    sources: sharesOf(days.labels, "source"),
    devices: sharesOf(days.labels, "device"),
    places: sharesOf(days.labels, "place"),
    topics: sharesOf(days.labels, "topic"),
    agents: await agentsOf(context, days.agents),
  };
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);

/** The conversations behind a figure, or behind the part of it that was pointed at. @throws AppError invalid `report_range` */
export async function listReportConversations(
  context: Reader,
  query: ReportQuery & Part & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: DrillRow[]; nextCursor: string | null }> {
  const range = await rangeOf(context, query);
  const rows = await selectDrill(context.db, range.current, query, {
    limit: query.limit + 1,
    after: decodeCursor(query.cursor, cursorKey),
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ id: _id, key: _key, ...row }) => row),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.key, last.id]) : null,
  };
}
