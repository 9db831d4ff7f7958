"use client";

import { Star } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { formatDate } from "@/lib/i18n/format";
import { type DrillAddress, drillInto } from "./drill-address";
import { PlotCard, Shares } from "./plot-card";
import { PLOT_SERIES } from "./plot-series";

// The plotting library is heavy and draws nothing on the server; the space is held until it is here.
const DayPlot = dynamic(() => import("./day-plot").then((module) => module.DayPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

export interface DailyCardProps {
  daily: LiveNumbers["daily"];
  hint: string;
  addressOf: DrillAddress;
}

/** Conversations per day by who dealt with them. */
export function DailyCard({ daily, hint, addressOf }: DailyCardProps) {
  const t = useTranslations("admin.dashboard");
  const locale = useLocale();
  return (
    <PlotCard
      title={t("perDay")}
      hint={hint}
      className="lg:col-span-2"
      aside={
        <ul className="flex flex-wrap gap-x-3 gap-y-1 text-ink-muted text-xs">
          {PLOT_SERIES.map(({ key, metric, label, color }) => (
            <li key={key}>
              <Link
                href={addressOf(metric)}
                className="inline-flex items-center gap-1.5 rounded-xs hover:text-ink hover:underline touch:min-h-11"
              >
                <span aria-hidden className="size-2.5 rounded-xs" style={{ background: color }} />
                {t(label)}
              </Link>
            </li>
          ))}
        </ul>
      }
    >
      <div aria-hidden className="relative h-full min-h-60">
        <div className="absolute inset-0">
          <DayPlot daily={daily} addressOf={addressOf} />
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

function StarsCard({ stars, addressOf }: { stars: LiveNumbers["stars"]; addressOf: DrillAddress }) {
  const t = useTranslations("admin.dashboard");
  const admin = useTranslations("admin");
  const count = stars.reduce((sum, each) => sum + each, 0);
  const rows = [5, 4, 3, 2, 1].map((each) => ({
    key: String(each),
    count: stars[each - 1] ?? 0,
    href: addressOf("rating", { stars: each }),
    label: (
      <span className="inline-flex items-center gap-1 align-middle">
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

function ChannelsCard({ channels, addressOf }: { channels: LiveNumbers["byChannel"]; addressOf: DrillAddress }) {
  const t = useTranslations("admin.dashboard");
  return (
    <PlotCard title={t("channels")} hint={channels.length === 0 ? t("channelsNone") : t("channelsHint")}>
      <Shares
        rows={channels.map(({ channelId, name, count }) => ({
          key: channelId,
          label: name,
          count,
          href: addressOf("begun", { channelId }),
        }))}
        tone="bg-accent"
      />
    </PlotCard>
  );
}

/** The last days at a glance: volume by outcome, ratings, channels. */
export function Plots({ numbers }: { numbers: LiveNumbers }) {
  const t = useTranslations("admin.dashboard");
  const { daily, stars, starsFrom, byChannel } = numbers;
  const to = daily.at(-1)?.day ?? "";
  const fortnight = drillInto({ from: daily[0]?.day ?? to, to });
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <DailyCard daily={daily} hint={t("perDayHint")} addressOf={fortnight} />
      <div className="grid gap-3 md:max-lg:grid-cols-2">
        <StarsCard stars={stars} addressOf={drillInto({ from: starsFrom, to })} />
        <ChannelsCard channels={byChannel} addressOf={fortnight} />
      </div>
    </div>
  );
}
