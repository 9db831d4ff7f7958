"use client";

import { useLocale, useTranslations } from "next-intl";
import { StatTile } from "@/components/ui/stat-tile";
import type { LiveNumbers, Trend } from "@/lib/analytics/contracts";
import { formatDuration, formatNumber, formatPercent } from "@/lib/i18n/format";
import { drillInto } from "./drill-address";

/** Change against last week as a share; null where there is nothing to compare with. */
export function changeOf({ today, lastWeek }: Trend): number | null {
  return today === null || lastWeek === null || lastWeek === 0 ? null : (today - lastWeek) / lastWeek;
}

const known = (days: Trend["days"]): number[] => days.flatMap((value) => (value === null ? [] : [value]));

/** Today's numbers with their fortnight and the change against the same time last week. */
export function TodayTiles({ numbers }: { numbers: LiveNumbers }) {
  const t = useTranslations("admin.dashboard");
  const locale = useLocale();
  const plain = (value: number) => formatNumber(value, locale);
  const tiles = [
    { key: "conversations", metric: "begun", trend: numbers.conversations, format: plain, goodWhen: "neither" },
    { key: "messages", metric: "messages", trend: numbers.messages, format: plain, goodWhen: "neither" },
    {
      key: "firstResponse",
      metric: "first_response",
      trend: numbers.firstResponseSeconds,
      format: (value: number) => formatDuration(value, locale),
      goodWhen: "down",
      hint: t("firstResponseHint"),
    },
    { key: "resolved", metric: "resolution", trend: numbers.resolved, format: plain, goodWhen: "up" },
    {
      key: "containment",
      metric: "bot_contained",
      trend: numbers.botContainment,
      format: (value: number) => formatPercent(value, locale),
      goodWhen: "up",
      hint: t("containmentHint"),
    },
    {
      key: "satisfaction",
      metric: "rating",
      trend: numbers.satisfaction,
      format: (value: number) => value.toFixed(1),
      goodWhen: "up",
      hint: t("satisfactionHint"),
    },
  ] as const;
  const today = numbers.daily.at(-1)?.day ?? "";
  const addressOf = drillInto({ from: today, to: today });
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      {tiles.map(({ key, metric, trend, format, goodWhen, ...rest }) => (
        <StatTile
          key={key}
          label={t(key)}
          href={addressOf(metric)}
          value={trend.today === null ? t("noValue") : format(trend.today)}
          change={changeOf(trend)}
          goodWhen={goodWhen}
          trend={known(trend.days)}
          hint={"hint" in rest ? rest.hint : "\u00a0"}
        />
      ))}
    </div>
  );
}
