"use client";

import { Star } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { formatDate } from "@/lib/i18n/format";
import { PlotCard, Shares } from "./plot-card";
import { PLOT_SERIES } from "./plot-series";

// The plotting library is heavy and draws nothing on the server; the space is held until it is here.
const DayPlot = dynamic(() => import("./day-plot").then((module) => module.DayPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** Conversations per day by who dealt with them. */
export function DailyCard({ daily, hint }: { daily: LiveNumbers["daily"]; hint: string }) {
  const t = useTranslations("admin.dashboard");
  const locale = useLocale();
  return (
    <PlotCard
      title={t("perDay")}
      hint={hint}
      className="lg:col-span-2"
      aside={
        <ul aria-hidden className="flex flex-wrap gap-x-3 gap-y-1 text-ink-muted text-xs">
          {PLOT_SERIES.map(({ key, label, color }) => (
            <li key={key} className="inline-flex items-center gap-1.5">
              <span className="size-2.5 rounded-xs" style={{ background: color }} />
              {t(label)}
            </li>
          ))}
        </ul>
      }
    >
      <div aria-hidden className="relative h-full min-h-60">
        <div className="absolute inset-0">
          <DayPlot daily={daily} />
        </div>
      </div>
      <table className="sr-only">
        <caption>{t("perDay")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {PLOT_SERIES.map(({ key, label }) => (
              <th key={key} scope="col">
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {daily.map((row) => (
            <tr key={row.day}>
              <th scope="row">{formatDate(`${row.day}T00:00:00Z`, "day", locale, "UTC")}</th>
              {PLOT_SERIES.map(({ key }) => (
                <td key={key}>{row[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </PlotCard>
  );
}

function StarsCard({ stars }: { stars: LiveNumbers["stars"] }) {
  const t = useTranslations("admin.dashboard");
  const admin = useTranslations("admin");
  const count = stars.reduce((sum, each) => sum + each, 0);
  const rows = [5, 4, 3, 2, 1].map((each) => ({
    key: String(each),
    count: stars[each - 1] ?? 0,
    label: (
      <span className="inline-flex items-center gap-1">
        <Star aria-hidden className="size-3.5 fill-warning text-warning" />
        {admin("stars", { count: each })}
      </span>
    ),
  }));
  return (
    <PlotCard title={t("stars")} hint={count === 0 ? t("starsNone") : t("starsHint", { count })}>
      <Shares rows={rows} tone="bg-warning" />
    </PlotCard>
  );
}

function ChannelsCard({ channels }: { channels: LiveNumbers["byChannel"] }) {
  const t = useTranslations("admin.dashboard");
  return (
    <PlotCard title={t("channels")} hint={channels.length === 0 ? t("channelsNone") : t("channelsHint")}>
      <Shares
        rows={channels.map(({ channelId, name, count }) => ({ key: channelId, label: name, count }))}
        tone="bg-accent"
      />
    </PlotCard>
  );
}

/** The last days at a glance: volume by outcome, ratings, channels. */
export function Plots({ numbers }: { numbers: LiveNumbers }) {
  const t = useTranslations("admin.dashboard");
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <DailyCard daily={numbers.daily} hint={t("perDayHint")} />
      <div className="grid gap-3 md:max-lg:grid-cols-2">
        <StarsCard stars={numbers.stars} />
        <ChannelsCard channels={numbers.byChannel} />
      </div>
    </div>
  );
}
