import { listRatings as listRatingsContract } from "@/lib/analytics/contracts";
import { listRatings } from "@/lib/analytics/queries";
import { drillQuery, type Report, reportQuery, SPANS } from "@/lib/analytics/report-contracts";
import { getReport, listReportConversations } from "@/lib/analytics/report-queries";
import type { Cell } from "@/lib/platform/export/table-file";
import { exportEndpoint } from "./export-endpoint";
import { everyRow, exportWords } from "./exports";

type Spans = Report["current"]["spans"];

function spanRows(current: Spans, previous: Spans, t: (key: string) => string, mark = ""): (readonly Cell[])[] {
  return SPANS.map((kind) => {
    const [now, before] = [current[kind], previous[kind]];
    return [`${t(`metric.${kind}`)}${mark}`, now.count, now.mean, now.median, now.p95, before.count, before.median];
  });
}

/** A report as one sheet: its figures against the days before, its days, its agents. Spans are in seconds. */
export const exportReport = exportEndpoint({
  name: "report",
  permission: "analytics.read",
  query: reportQuery,
  rows: async (context, query) => {
    const t = exportWords(context, "reports");
    const report = await getReport(context, query);
    const { current, previous } = report;
    return [
      [t("range"), report.from, report.to, t("against"), previous.from, previous.to],
      [],
      [t("figure"), t("now"), t("before")],
      ...(["conversations", "visitors", "messages", "resolutionRate", "containment", "satisfaction"] as const).map(
        (name) => [t(`figures.${name}`), current[name], previous[name]],
      ),
      [],
      [t("span"), t("count"), t("mean"), t("median"), t("p95"), t("countBefore"), t("medianBefore")],
      ...spanRows(current.spans, previous.spans, t),
      ...(current.businessSpans && previous.businessSpans
        ? spanRows(current.businessSpans, previous.businessSpans, t, ` (${t("clocks.business")})`)
        : []),
      [],
      [t("day"), t("byBot"), t("byPerson"), t("byNobody")],
      ...report.daily.map((row) => [row.day, row.bot, row.person, row.nobody]),
      [],
      ...(["channels", "topics", "sources", "places", "devices"] as const).flatMap((name) => [
        [t(name), t("figures.conversations")],
        ...report[name].map((row) => [row.name, row.count]),
        [],
      ]),
      [t("agent"), t("resolved"), t("responses"), t("firstMedian"), t("responseMedian"), t("stars"), t("ratings")],
      ...report.agents.map((row) => [
        row.name,
        row.resolved,
        row.responses,
        row.firstResponseMedian,
        row.responseMedian,
        row.satisfaction,
        row.ratings,
      ]),
    ];
  },
});

/** The conversations behind a figure, under the filters of their page. */
export const exportReportConversations = exportEndpoint({
  name: "report-conversations",
  permission: "analytics.read",
  query: drillQuery.omit({ cursor: true, limit: true }),
  rows: async (context, query) => {
    const t = exportWords(context, "reports");
    const rows: (readonly Cell[])[] = [
      [t("conversation"), t("customer"), t(`metric.${query.metric}`), t("agent"), t("channel"), t("time")],
    ];
    for await (const row of everyRow((page) => listReportConversations(context, { ...query, ...page }))) {
      rows.push([row.conversationId, row.customerName, row.value, row.agentName, row.channelName, row.at]);
    }
    return rows;
  },
});

/** What customers thought, under the filters of the list. */
export const exportRatings = exportEndpoint({
  name: "ratings",
  permission: "analytics.read",
  query: listRatingsContract.query.omit({ cursor: true, limit: true }),
  rows: async (context, query) => {
    const t = exportWords(context, "admin");
    const head = ["stars", "tags", "comment", "customer", "agent", "channel", "time", "conversation"] as const;
    const rows: (readonly Cell[])[] = [head.map((name) => t(`ratings.${name}`))];
    for await (const row of everyRow((page) => listRatings(context, { ...query, ...page }))) {
      rows.push([
        row.stars,
        row.tags.join(" · "),
        row.comment,
        row.customerName,
        row.agentName,
        row.channelName,
        row.createdAt,
        row.conversationId,
      ]);
    }
    return rows;
  },
});
