"use client";

import { useLocale, useTranslations } from "next-intl";
import { ExportMenu } from "@/components/settings/export-menu";
import { PageFrame } from "@/components/settings/page-frame";
import { Badge } from "@/components/ui/badge";
import type { DrillQuery, DrillRow } from "@/lib/analytics/report-contracts";
import { placeName } from "@/lib/i18n/place-name";
import { DrillTable } from "./drill-table";

export interface DrillPageProps {
  query: DrillQuery;
  rows: readonly DrillRow[];
  nextCursor: string | null;
  /** Names of what the list is narrowed to. */
  channel: string | undefined;
  agent: string | undefined;
}

const DEVICES = ["desktop", "phone", "tablet", "wechat", "unknown"] as const;

/** What the list is narrowed to, in words. */
function useNarrowing({ query, channel, agent }: Pick<DrillPageProps, "query" | "channel" | "agent">): string[] {
  const t = useTranslations("reports");
  const words = useTranslations("places");
  const locale = useLocale();
  const { from, to, weekday, hour, source, device, place, topic, stars, clock } = query;
  const known = DEVICES.find((name) => name === device);
  const named = (name: "sources" | "devices" | "places" | "topics", value: string) => `${t(name)} · ${value}`;
  const time = [
    weekday === undefined ? undefined : t(`weekdays.${weekday as 0}`),
    hour === undefined ? undefined : t("hour", { hour }),
  ].filter((part) => part !== undefined);
  return [
    from !== undefined && to !== undefined ? (from === to ? from : `${from} – ${to}`) : undefined,
    time.length > 0 ? time.join(" ") : undefined,
    channel,
    agent,
    source === undefined ? undefined : named("sources", source || t("direct")),
    device === undefined ? undefined : named("devices", known ? t(`device.${known}`) : device),
    place === undefined
      ? undefined
      : named("places", place ? placeName(place, locale, words as Parameters<typeof placeName>[2]) : words("unknown")),
    topic === undefined ? undefined : named("topics", topic || t("noTopic")),
    stars === undefined ? undefined : t("starsValue", { count: stars }),
    clock === "business" ? t("clocks.business") : undefined,
  ].filter((part) => part !== undefined);
}

/** The way back to the report, with its days and filters. */
function reportAddress({ from, to, channelId, agentId }: DrillQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ from, to, channelId, agentId })) {
    if (value !== undefined) {
      search.set(name, value);
    }
  }
  return search.size > 0 ? `/admin/reports?${search}` : "/admin/reports";
}

/** The conversations behind a figure, and what of it they are. */
export function DrillPage({ query, rows, nextCursor, channel, agent }: DrillPageProps) {
  const t = useTranslations("reports");
  const narrowing = useNarrowing({ query, channel, agent });
  return (
    <PageFrame
      back={{ href: reportAddress(query), label: t("drillBack") }}
      title={t("drillTitle", { metric: t(`metric.${query.metric}`) })}
      actions={<ExportMenu path="/api/v1/reports/conversations/export" />}
    >
      {narrowing.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {narrowing.map((part) => (
            <li key={part} className="min-w-0">
              <Badge>{part}</Badge>
            </li>
          ))}
        </ul>
      ) : null}
      <DrillTable rows={rows} nextCursor={nextCursor} metric={query.metric} />
    </PageFrame>
  );
}
