"use client";

import { useLocale, useTranslations } from "next-intl";
import { ExportMenu } from "@/components/settings/export-menu";
import { PageFrame } from "@/components/settings/page-frame";
import { useListQuery } from "@/components/settings/use-list-query";
import type { Report } from "@/lib/analytics/report-contracts";
import { placeName } from "@/lib/i18n/place-name";
import { PlotCard, Shares } from "../plot-card";
import { DailyCard } from "../plots";
import { AgentWork } from "./agent-work";
import { FigureTiles } from "./figure-tiles";
import { HeatMap } from "./heat-map";
import { type Named, ReportFilters } from "./report-filters";
import { SpanTable } from "./span-table";

export interface ReportPageProps {
  report: Report;
  channels: readonly Named[];
  agents: readonly Named[];
}

/** Where conversations came from and what they were about. */
function Origins({ report }: { report: Report }) {
  const t = useTranslations("reports");
  const words = useTranslations("places");
  const locale = useLocale();
  const rows = {
    channels: report.channels.map((row) => ({ key: row.key, label: row.name, count: row.count })),
    sources: report.sources.map((row) => ({ key: row.key, label: row.name || t("direct"), count: row.count })),
    devices: report.devices.map((row) => ({
      key: row.key,
      label: t(`device.${row.key as "desktop"}`),
      count: row.count,
    })),
    places: report.places.map((row) => ({
      key: row.key,
      label: row.key ? placeName(row.key, locale, words as Parameters<typeof placeName>[2]) : words("unknown"),
      count: row.count,
    })),
    topics: report.topics.map((row) => ({ key: row.key, label: row.name || t("noTopic"), count: row.count })),
  };
  return (
    <div className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
      {(["channels", "topics", "sources", "places", "devices"] as const).map((name) => (
        <PlotCard key={name} title={t(name)} hint={t("hints.conversations")}>
          {rows[name].length > 0 ? <Shares rows={rows[name]} tone="bg-accent" /> : null}
        </PlotCard>
      ))}
    </div>
  );
}

/** How service went in some days, against as many before them. */
export function ReportPage({ report, channels, agents }: ReportPageProps) {
  const t = useTranslations("reports");
  const query = useListQuery();
  const { previous } = report;
  const against = t("comparedWith", { from: previous.from, to: previous.to });
  return (
    <PageFrame title={t("title")} description={t("description")} actions={<ExportMenu path="/api/v1/reports/export" />}>
      <ReportFilters query={query} from={report.from} to={report.to} channels={channels} agents={agents} />
      <p className="text-ink-subtle text-sm">
        {against} · {t("zone", { zone: report.timeZone })}
      </p>
      <FigureTiles report={report} />
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <SpanTable report={report} />
        <HeatMap heat={report.heat} />
      </div>
      <div className="grid grid-cols-1 gap-3">
        <DailyCard daily={report.daily} hint={`${report.from} – ${report.to}`} />
      </div>
      <Origins report={report} />
      <AgentWork agents={report.agents} />
    </PageFrame>
  );
}
