"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { FilterSelect } from "@/components/settings/filter-select";
import type { ListQuery } from "@/components/settings/use-list-query";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ReportFiltersProps {
  query: ListQuery;
  from: string;
  to: string;
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
export function ReportFilters({ query, from, to, channels, agents }: ReportFiltersProps) {
  const t = useTranslations("reports");
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-2" aria-busy={query.pending || undefined}>
      <div className="flex flex-wrap gap-1">
        {PRESETS.map(([name, days]) => (
          <Button
            key={name}
            size="sm"
            variant="ghost"
            aria-pressed={from === daysBefore(to, days - 1)}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            onClick={() => query.set({ from: daysBefore(to, days - 1), to })}
          >
            {t(name)}
          </Button>
        ))}
      </div>
      {(["from", "to"] as const).map((name) => (
        <span key={name} className="flex items-center gap-1.5 text-sm">
          <label htmlFor={`${id}-${name}`} className="text-ink-muted">
            {t(name)}
          </label>
          <Input
            id={`${id}-${name}`}
            type="date"
            className="w-36"
            value={name === "from" ? from : to}
            max={name === "from" ? to : undefined}
            min={name === "to" ? from : undefined}
            onChange={(event) => event.target.value !== "" && query.set({ from, to, [name]: event.target.value })}
          />
        </span>
      ))}
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
