"use client";

import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ExportMenu } from "@/components/settings/export-menu";
import { PageFrame } from "@/components/settings/page-frame";
import { useListQuery } from "@/components/settings/use-list-query";
import type { Report } from "@/lib/analytics/report-contracts";
import { placeName } from "@/lib/i18n/place-name";
import { type DrillAddress, drillInto } from "../drill-address";
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
function Origins({ report, addressOf }: { report: Report; addressOf: DrillAddress }) {
  const t = useTranslations("reports");
  const words = useTranslations("places");
  const locale = useLocale();
  const rows = {
    channels: report.channels.map((row) => ({
      key: row.key,
      label: row.name,
      count: row.count,
      href: addressOf("begun", { channelId: row.key }),
    })),
    sources: report.sources.map((row) => ({
      key: row.key,
      label: row.name || t("direct"),
      count: row.count,
      href: addressOf("begun", { source: row.key }),
    })),
    devices: report.devices.map((row) => ({
      key: row.key,
      label: t(`device.${row.key as "desktop"}`),
      count: row.count,
      href: addressOf("begun", { device: row.key }),
    })),
    places: report.places.map((row) => ({
      key: row.key,
      label: row.key ? placeName(row.key, locale, words as Parameters<typeof placeName>[2]) : words("unknown"),
      count: row.count,
      href: addressOf("begun", { place: row.key }),
    })),
    topics: report.topics.map((row) => ({
      key: row.key,
      label: row.name || t("noTopic"),
      count: row.count,
      href: addressOf("begun", { topic: row.key }),
    })),
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
  const search = useSearchParams();
  const { previous, from, to } = report;
  const addressOf = drillInto({
    from,
    to,
    channelId: search.get("channelId") ?? undefined,
    agentId: search.get("agentId") ?? undefined,
  });
  const against = t("comparedWith", { from: previous.from, to: previous.to });
  return (
    <PageFrame title={t("title")} description={t("description")} actions={<ExportMenu path="/api/v1/reports/export" />}>
      <ReportFilters query={query} from={from} to={to} today={report.today} channels={channels} agents={agents} />
      <p className="text-ink-subtle text-sm">
        {against} · {t("zone", { zone: report.timeZone })}
      </p>
      <FigureTiles report={report} addressOf={addressOf} />
      <div className="grid grid-cols-1 gap-3 xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <SpanTable report={report} addressOf={addressOf} />
        <HeatMap heat={report.heat} addressOf={addressOf} />
      </div>
      <div className="grid grid-cols-1 gap-3">
        <DailyCard daily={report.daily} hint={`${from} – ${to}`} addressOf={addressOf} />
      </div>
      <Origins report={report} addressOf={addressOf} />
      <AgentWork agents={report.agents} addressOf={addressOf} />
    </PageFrame>
  );
}
