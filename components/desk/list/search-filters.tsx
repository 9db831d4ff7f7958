"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { hasFilters, SEARCH_AUTHORS, type SearchFilters } from "@/lib/conversations/search-schema";
import { useDesk } from "../desk-provider";
import { useColleagues } from "../use-colleagues";
import { useGo, usePlace } from "../use-place";

const ANY = "*";
const CHANNELS = ["web", "wechat", "wecom", "api"] as const;

/** Shows and hides the filters; marked while some are in use. */
export function FilterButton({ on, open, onToggle }: { on: boolean; open: boolean; onToggle: () => void }) {
  const t = useTranslations("desk.search");
  return (
    <Tooltip content={t("filters")} side="bottom">
      <IconButton label={t(on ? "filtersOn" : "filters")} aria-pressed={on} aria-expanded={open} onClick={onToggle}>
        <SlidersHorizontal aria-hidden />
      </IconButton>
    </Tooltip>
  );
}

/** What the search is narrowed to, kept in the address. */
function useFilters(): [SearchFilters, (change: Partial<Record<keyof SearchFilters, string | undefined>>) => void] {
  const { filters = {} } = usePlace();
  const go = useGo();
  return [
    filters,
    (change) => {
      const next = Object.fromEntries(
        Object.entries({ ...filters, ...change }).filter(([, value]) => value),
      ) as SearchFilters;
      go({ filters: hasFilters(next) ? next : undefined }, { replace: true });
    },
  ];
}

function Choice({
  name,
  all,
  options,
}: {
  name: "from" | "channel" | "agent";
  all: string;
  options: readonly { readonly value: string; readonly label: string }[];
}) {
  const t = useTranslations("desk.search");
  const [filters, change] = useFilters();
  return (
    <Select
      aria-label={t(name === "agent" ? "who" : name)}
      value={filters[name] ?? ANY}
      options={[{ value: ANY, label: all }, ...options]}
      onValueChange={(value) => change({ [name]: value === ANY ? undefined : value })}
    />
  );
}

/** Who, where, when, and with what: narrows a search among messages. */
export function SearchFilterPanel() {
  const t = useTranslations("desk.search");
  const channels = useTranslations("desk.channel");
  const { agent } = useDesk();
  const { agents } = useColleagues();
  const [filters, change] = useFilters();
  const go = useGo();
  const fileId = useId();
  const people = [agent, ...(Array.isArray(agents) ? agents : [])].map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="grid shrink-0 grid-cols-2 gap-1.5 border-b border-line px-2 pb-2">
      <Choice name="from" all={t("anyone")} options={SEARCH_AUTHORS.map((value) => ({ value, label: t(value) }))} />
      <Choice
        name="channel"
        all={t("anyChannel")}
        options={CHANNELS.map((value) => ({ value, label: channels(value) }))}
      />
      <Choice name="agent" all={t("anyAgent")} options={people} />
      <Input
        aria-label={t("tag")}
        placeholder={t("tag")}
        maxLength={40}
        value={filters.tag ?? ""}
        onChange={(event) => change({ tag: event.target.value })}
      />
      {(["since", "until"] as const).map((name) => (
        <Input
          key={name}
          type="date"
          aria-label={t(name)}
          value={filters[name] ?? ""}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      ))}
      <label htmlFor={fileId} className="flex items-center gap-2 text-sm">
        <Checkbox
          id={fileId}
          checked={filters.file === "true"}
          onCheckedChange={(on) => change({ file: on === true ? "true" : undefined })}
        />
        {t("file")}
      </label>
      <Button
        variant="ghost"
        size="sm"
        className="justify-self-end"
        disabled={!hasFilters(filters)}
        onClick={() => go({ filters: undefined }, { replace: true })}
      >
        {t("reset")}
      </Button>
    </div>
  );
}
