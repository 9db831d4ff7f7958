"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { CLOCKS, type Report, SPANS } from "@/lib/analytics/report-contracts";
import { formatDuration, formatNumber } from "@/lib/i18n/format";
import type { DrillAddress } from "../drill-address";
import { PlotCard } from "../plot-card";

type Clock = (typeof CLOCKS)[number];
const COLUMNS = ["mean", "median", "p95"] as const;

function SpanHead() {
  const t = useTranslations("reports");
  return (
    <thead>
      <tr className="border-line border-b text-ink-muted">
        <th scope="col" className="py-1.5 pr-3 text-left font-medium">
          {t("span")}
        </th>
        <th scope="col" className="px-1.5 py-1.5 text-right font-medium whitespace-nowrap">
          {t("count")}
        </th>
        {COLUMNS.map((column) => (
          <th key={column} scope="col" className="px-1.5 py-1.5 text-right font-medium whitespace-nowrap">
            {t(column)}
          </th>
        ))}
        <th scope="col" className="py-1.5 pl-1.5 text-right font-medium">
          {t("medianBefore")}
        </th>
      </tr>
    </thead>
  );
}

function ClockChoice({ clock, onClock }: { clock: Clock; onClock: (clock: Clock) => void }) {
  const t = useTranslations("reports");
  return (
    <SegmentedControl
      label={t("clock")}
      segments={CLOCKS.map((value) => ({ value, label: t(`clocks.${value}`) }))}
      value={clock}
      onValueChange={onClock}
    />
  );
}

/** The figures of the chosen clock: around it, or in business hours where the merchant has some. */
function useClock({ current, previous }: Report) {
  const [clock, setClock] = useState<Clock>("all");
  const inBusiness = clock === "business" && current.businessSpans !== null;
  return {
    clock,
    setClock,
    inBusiness,
    shown: (inBusiness ? current.businessSpans : null) ?? current.spans,
    before: (inBusiness ? previous.businessSpans : null) ?? previous.spans,
  };
}

/** How long things took: mean, median, 95th percentile, and the median before; each opens its conversations. */
export function SpanTable({ report, addressOf }: { report: Report; addressOf: DrillAddress }) {
  const t = useTranslations("reports");
  const locale = useLocale();
  const { clock, setClock, inBusiness, shown, before } = useClock(report);
  const span = (seconds: number | null) => (seconds === null ? t("none") : formatDuration(seconds, locale));

  return (
    <PlotCard
      title={t("spans")}
      hint={inBusiness ? t("businessHint") : t("spansHint")}
      aside={report.current.businessSpans === null ? null : <ClockChoice clock={clock} onClock={setClock} />}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by the keyboard */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={t("spans")}>
        <table className="w-full text-sm">
          <SpanHead />
          <tbody>
            {SPANS.map((kind) => (
              <tr key={kind} className="border-line border-b last:border-0">
                <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                  <Link
                    href={addressOf(kind, inBusiness ? { clock: "business" } : {})}
                    className="inline-flex items-center rounded-xs text-accent-ink hover:underline touch:min-h-11"
                  >
                    {t(`metric.${kind}`)}
                  </Link>
                </th>
                <td className="px-1.5 py-1 text-right whitespace-nowrap tabular-nums">
                  {formatNumber(shown[kind].count, locale)}
                </td>
                {COLUMNS.map((column) => (
                  <td key={column} className="px-1.5 py-1 text-right whitespace-nowrap tabular-nums">
                    {span(shown[kind][column])}
                  </td>
                ))}
                <td className="py-1 pl-1.5 text-right text-ink-muted whitespace-nowrap tabular-nums">
                  {span(before[kind].median)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PlotCard>
  );
}
