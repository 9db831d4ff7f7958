"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { formatDate } from "@/lib/i18n/format";
import type { DrillAddress } from "./drill-address";
import { PLOT_SERIES } from "./plot-series";

const TICK = { fill: "var(--ink-subtle)", fontSize: 11 };

/**
 * Conversations per day by who dealt with them, as stacked bars; a click opens a day's. Its numbers also stand in a table
 * for screen readers, and the legend opens those of all days.
 */
export function DayPlot({ daily, addressOf }: { daily: LiveNumbers["daily"]; addressOf: DrillAddress }) {
  const router = useRouter();
  const t = useTranslations("admin.dashboard");
  const locale = useLocale();
  // The days are calendar dates already; UTC keeps them what they are.
  const dayName = (day: unknown) => formatDate(`${String(day)}T00:00:00Z`, "day", locale, "UTC");
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 240 }}>
      <BarChart data={[...daily]} margin={{ top: 4, right: 4, bottom: 0, left: -24 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" tickFormatter={dayName} tick={TICK} tickLine={false} axisLine={false} minTickGap={24} />
        <YAxis allowDecimals={false} tick={TICK} tickLine={false} axisLine={false} />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          labelFormatter={dayName}
          contentStyle={{
            background: "var(--raised)",
            border: "1px solid var(--line)",
            borderRadius: 6,
            color: "var(--ink)",
            fontSize: 12,
            padding: "6px 10px",
          }}
          itemStyle={{ color: "var(--ink-muted)", padding: 0 }}
        />
        {PLOT_SERIES.map(({ key, metric, label, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={t(label)}
            stackId="day"
            fill={color}
            isAnimationActive={false}
            maxBarSize={28}
            className="cursor-pointer"
            onClick={(_, index) => {
              const day = daily[index]?.day;
              if (day !== undefined) {
                router.push(addressOf(metric, { from: day, to: day }));
              }
            }}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
