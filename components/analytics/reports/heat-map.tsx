"use client";

import { useTranslations } from "next-intl";
import type { Report } from "@/lib/analytics/report-contracts";
import { PlotCard } from "../plot-card";

const WEEKDAYS = ["0", "1", "2", "3", "4", "5", "6"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LABELLED = 6;

/** When conversations begin, by weekday and hour: the darker, the more. */
export function HeatMap({ heat }: { heat: Report["heat"] }) {
  const t = useTranslations("reports");
  const most = Math.max(1, ...heat.flat());
  return (
    <PlotCard title={t("heat")} hint={t("heatHint")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by the keyboard */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label={t("heat")}>
        <table className="w-full min-w-120 table-fixed border-separate border-spacing-0.5 text-xs">
          <thead>
            <tr>
              <td className="w-10" />
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className="overflow-visible text-left font-normal text-ink-subtle">
                  {hour % LABELLED === 0 ? (
                    <span className="whitespace-nowrap">{t("hour", { hour })}</span>
                  ) : (
                    <span className="sr-only">{t("hour", { hour })}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((weekday) => (
              <tr key={weekday}>
                <th scope="row" className="text-left font-normal text-ink-muted">
                  {t(`weekdays.${weekday}`)}
                </th>
                {HOURS.map((hour) => {
                  const count = heat[Number(weekday)]?.[hour] ?? 0;
                  return (
                    <td
                      key={hour}
                      title={t("heatCell", { weekday: t(`weekdays.${weekday}`), hour, count })}
                      className="h-6 rounded-xs bg-sunken p-0"
                    >
                      <span
                        className="block size-full rounded-xs bg-accent"
                        style={{ opacity: count === 0 ? 0 : 0.15 + (0.85 * count) / most }}
                      />
                      <span className="sr-only">{count}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PlotCard>
  );
}
