import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";

/** Spans that are reported, in seconds. */
export const SPANS = ["first_response", "response", "wait", "resolution"] as const;
/** Conversations begun in the range: all, and by what became of them. */
export const BEGUN = ["begun", "begun_resolved", "begun_bot", "begun_person", "begun_nobody"] as const;
/** What a figure can be opened into. */
export const DRILLS = [...SPANS, "rating", "bot_contained", "handed_off", "messages", ...BEGUN] as const;
export type Drill = (typeof DRILLS)[number];
/** What conversations are counted by, beside channel and agent. */
export const LABELS = ["source", "device", "place", "topic"] as const;
/** Around the clock, or in business hours only. */
export const CLOCKS = ["all", "business"] as const;

const day = z.iso.date();
const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

const fields = {
  /** First and last day, in the merchant's time zone; the last seven days unless given. */
  from: day.optional(),
  to: day.optional(),
  channelId: z.string().max(40).optional(),
  agentId: z.string().max(40).optional(),
};

export const reportQuery = z.object(fields);
export type ReportQuery = z.infer<typeof reportQuery>;

/** Days from first to last, both counted; 0 when they are the wrong way round. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1);
}

/** True for a range that can be asked for: not turned round, a year at most. */
export function isRange(from: string, to: string): boolean {
  const days = daysBetween(from, to);
  return days > 0 && days <= MOST_DAYS;
}

const span = z.object({
  count: z.number().int(),
  mean: z.number().nullable(),
  median: z.number().nullable(),
  p95: z.number().nullable(),
});
export type SpanFigures = z.infer<typeof span>;

const spans = z.object({ first_response: span, response: span, wait: span, resolution: span });

const figures = z.object({
  conversations: z.number().int(),
  messages: z.number().int(),
  /** Visitors that began a conversation. */
  visitors: z.number().int(),
  /** Of the conversations begun, how many have been resolved since; a share is null where there is nothing to divide. */
  resolutionRate: z.number().nullable(),
  /** Of those that ended, how many no person touched. */
  containment: z.number().nullable(),
  /** Mean stars. */
  satisfaction: z.number().nullable(),
  ratings: z.number().int(),
  /** Medians and percentiles are within 1 % (lib/analytics/spread.ts). */
  spans,
  /** The same, counted in business hours only; null for a merchant without business hours. */
  businessSpans: spans.nullable(),
});
export type ReportFigures = z.infer<typeof figures>;

const share = z.object({ key: z.string(), name: z.string(), count: z.number().int() });

export const report = z.object({
  from: day,
  to: day,
  timeZone: z.string(),
  /** The merchant's calendar day now. */
  today: day,
  current: figures,
  /** The same number of days before. */
  previous: figures.extend({ from: day, to: day }),
  daily: z.array(z.object({ day, bot: z.number().int(), person: z.number().int(), nobody: z.number().int() })),
  /** Conversations begun by weekday (0 = Monday) and hour (0–23) of the merchant's time zone: 7 × 24. */
  heat: z.array(z.array(z.number().int())),
  channels: z.array(share),
  /** Host that the visitor came from; "" for none. */
  sources: z.array(share),
  /** desktop, phone, tablet, wechat, unknown. */
  devices: z.array(share),
  /** Country and region of the visitor's address, "中国/广东省"; "" where it is not known. */
  places: z.array(share),
  /** What it was about, as the bot understood; "" where it did not say. */
  topics: z.array(share),
  agents: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      resolved: z.number().int(),
      responses: z.number().int(),
      firstResponseMedian: z.number().nullable(),
      responseMedian: z.number().nullable(),
      satisfaction: z.number().nullable(),
      ratings: z.number().int(),
    }),
  ),
});
export type Report = z.infer<typeof report>;

export const getReport = defineContract({
  name: "getReport",
  summary: "A merchant's service in a range of days, against the days before",
  tag: "Analytics",
  method: "GET",
  path: "/api/v1/reports",
  audience: ["agent", "key"],
  permission: "analytics.read",
  perMinute: 120,
  query: reportQuery,
  result: report,
});

const label = z.string().max(100).optional();

/** Which figure: the report's own range and filters, and the part of it that was pointed at. */
export const drillQuery = pageQuery.extend({
  ...fields,
  metric: z.enum(DRILLS).default("first_response"),
  clock: z.enum(CLOCKS).default("all"),
  stars: z.coerce.number().int().min(1).max(5).optional(),
  /** 0 is Monday, by the merchant's clock. */
  weekday: z.coerce.number().int().min(0).max(6).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  /** As the report names them; "" for those that are in none. */
  source: label,
  device: label,
  place: label,
  topic: label,
});
export type DrillQuery = z.infer<typeof drillQuery>;

export const drillRow = z.object({
  conversationId: z.string(),
  customerName: z.string().nullable(),
  channelName: z.string(),
  agentName: z.string().nullable(),
  /** Seconds, stars, messages, or 1. */
  value: z.number(),
  at: z.iso.datetime(),
});
export type DrillRow = z.infer<typeof drillRow>;

export const listReportConversations = defineContract({
  name: "listReportConversations",
  summary: "The conversations behind a figure of a report, newest first",
  tag: "Analytics",
  method: "GET",
  path: "/api/v1/reports/conversations",
  audience: ["agent", "key"],
  permission: "analytics.read",
  query: drillQuery,
  result: pageOf(drillRow),
});
