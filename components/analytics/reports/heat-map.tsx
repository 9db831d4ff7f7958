"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import type { Report } from "@/lib/analytics/report-contracts";
import type { DrillAddress } from "../drill-address";
import { PlotCard } from "../plot-card";

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const LABELLED = 6;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 };

/** The next cell with something in it, from a cell in the direction of a key; cells are counted row by row. */
function cellFrom(cells: readonly number[], from: number, key: string): number | undefined {
  const step = STEPS[key];
  if (step === undefined) {
    return undefined;
  }
  for (let at = from + step; at >= 0 && at < cells.length; at += step) {
    if ((cells[at] ?? 0) > 0) {
      return at;
    }
  }
  return undefined;
}

function HourHeads() {
  const t = useTranslations("reports");
  return (
    <thead>
      <tr>
        <td className="w-10" />
        {HOURS.map((hour) => (
          <th key={hour} scope="col" className="overflow-visible text-left font-normal text-ink-subtle">
            <span className={hour % LABELLED === 0 ? "whitespace-nowrap" : "sr-only"}>{t("hour", { hour })}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface CellProps {
  at: number;
  count: number;
  /** Of the most that any cell has. */
  share: number;
  label: string;
  href: string;
  isEntrance: boolean;
  onFocus: () => void;
}

function Cell({ at, count, share, label, href, isEntrance, onFocus }: CellProps) {
  return (
    <td title={label} className="h-6 rounded-xs bg-sunken p-0">
      {count === 0 ? (
        <span className="sr-only">{count}</span>
      ) : (
        <Link
          href={href}
          prefetch={false}
          aria-label={label}
          data-cell={at}
          tabIndex={isEntrance ? 0 : -1}
          onFocus={onFocus}
          className="block size-full rounded-xs hover:ring-1 hover:ring-line-strong"
          style={{ background: `color-mix(in srgb, var(--accent) ${15 + 85 * share}%, transparent)` }}
        />
      )}
    </td>
  );
}

/** When conversations begin, by weekday and hour: the darker, the more. One cell is in the tab order; arrows move on. */
export function HeatMap({ heat, addressOf }: { heat: Report["heat"]; addressOf: DrillAddress }) {
  const t = useTranslations("reports");
  const cells = WEEKDAYS.flatMap((weekday) => HOURS.map((hour) => heat[weekday]?.[hour] ?? 0));
  const most = Math.max(1, ...cells);
  const [chosen, setChosen] = useState<number>();
  const entrance = chosen !== undefined && (cells[chosen] ?? 0) > 0 ? chosen : cells.findIndex((count) => count > 0);

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>): void {
    const to = cellFrom(cells, entrance, event.key);
    if (to !== undefined) {
      event.preventDefault();
      setChosen(to);
      event.currentTarget.querySelector<HTMLElement>(`[data-cell="${to}"]`)?.focus();
    }
  }

  return (
    <PlotCard title={t("heat")} hint={t("heatHint")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by the keyboard */}
      <section className="relative overflow-x-auto" tabIndex={0} aria-label={t("heat")}>
        <table
          className="w-full min-w-120 table-fixed border-separate border-spacing-0.5 text-xs"
          onKeyDown={onKeyDown}
        >
          <HourHeads />
          <tbody>
            {WEEKDAYS.map((weekday) => (
              <tr key={weekday}>
                <th scope="row" className="text-left font-normal text-ink-muted">
                  {t(`weekdays.${weekday}`)}
                </th>
                {HOURS.map((hour) => {
                  const at = weekday * 24 + hour;
                  const count = cells[at] ?? 0;
                  return (
                    <Cell
                      key={hour}
                      at={at}
                      count={count}
                      share={count / most}
                      label={t("heatCell", { weekday: t(`weekdays.${weekday}`), hour, count })}
                      href={addressOf("begun", { weekday, hour })}
                      isEntrance={at === entrance}
                      onFocus={() => setChosen(at)}
                    />
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
