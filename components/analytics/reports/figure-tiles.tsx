"use client";

import { useLocale, useTranslations } from "next-intl";
import { StatTile } from "@/components/ui/stat-tile";
import type { Drill, Report } from "@/lib/analytics/report-contracts";
import { formatNumber, formatPercent } from "@/lib/i18n/format";
import type { DrillAddress } from "../drill-address";

const TILES = ["conversations", "visitors", "messages", "resolutionRate", "containment", "satisfaction"] as const;
/** What each opens into: of a share, those that make it. */
const BEHIND: Record<(typeof TILES)[number], Drill> = {
  conversations: "begun",
  visitors: "begun",
  messages: "messages",
  resolutionRate: "begun_resolved",
  containment: "bot_contained",
  satisfaction: "rating",
};
const SHARES: readonly string[] = ["resolutionRate", "containment"];

/** Share of change; null where there is nothing to compare with. */
function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

/** The figures that are read first, against the days before. */
export function FigureTiles({ report, addressOf }: { report: Report; addressOf: DrillAddress }) {
  const t = useTranslations("reports");
  const locale = useLocale();
  const { current, previous } = report;

  function shown(name: (typeof TILES)[number]): string {
    const value = current[name];
    if (value === null) {
      return t("none");
    }
    return SHARES.includes(name) ? formatPercent(value, locale) : formatNumber(Math.round(value * 10) / 10, locale);
  }

  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      {TILES.map((name) => (
        <StatTile
          key={name}
          label={t(`figures.${name}`)}
          value={shown(name)}
          href={addressOf(BEHIND[name])}
          change={changeOf(current[name], previous[name])}
          goodWhen={name === "messages" || name === "conversations" || name === "visitors" ? "neither" : "up"}
          hint={t(`hints.${name}`, { count: current.ratings })}
        />
      ))}
    </div>
  );
}
