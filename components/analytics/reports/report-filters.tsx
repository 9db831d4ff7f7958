"use client";

import { useTranslations } from "next-intl";
import { DateRange } from "@/components/settings/date-range";
import { FilterSelect } from "@/components/settings/filter-select";
import type { ListQuery } from "@/components/settings/use-list-query";
import { Button } from "@/components/ui/button";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ReportFiltersProps {
  query: ListQuery;
  from: string;
  to: string;
  /** The merchant's calendar day: ranges by name end with it. */
  today: string;
  channels: readonly Named[];
  agents: readonly Named[];
}

const DAY_MS = 86_400_000;
const PRESETS = [
  ["today", 1],
  ["last7", 7],
  ["last30", 30],
  ["last90", 90],
] as const;

const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

const optionsOf = (rows: readonly Named[]) => rows.map(({ id, name }) => ({ value: id, label: name }));

/** Which days, which channel, whose work; kept in the address, so that a report can be sent to a colleague. */
export function ReportFilters({ query, from, to, today, channels, agents }: ReportFiltersProps) {
  const t = useTranslations("reports");
  return (
    <div className="flex flex-wrap items-center gap-2" aria-busy={query.pending || undefined}>
      <div className="flex flex-wrap gap-1">
        {PRESETS.map(([name, days]) => (
          <Button
            key={name}
            size="sm"
            variant="ghost"
            aria-pressed={to === today && from === daysBefore(today, days - 1)}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            onClick={() => query.set({ from: daysBefore(today, days - 1), to: today })}
          >
            {t(name)}
          </Button>
        ))}
      </div>
      <DateRange
        from={from}
        to={to}
        labels={{ from: t("from"), to: t("to") }}
        onChange={(change) => (change.from ?? change.to) !== undefined && query.set({ from, to, ...change })}
      />
      <FilterSelect
        query={query}
        name="channelId"
        label={t("channel")}
        all={t("allChannels")}
        options={optionsOf(channels)}
      />
      <FilterSelect query={query} name="agentId" label={t("agent")} all={t("allAgents")} options={optionsOf(agents)} />
    </div>
  );
}
