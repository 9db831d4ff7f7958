"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "./button";
import { cn } from "./class-names";
import { Input } from "./input";

export interface SearchInputProps {
  value: string;
  /** Called 250 ms after the last key, and at once on Enter or when cleared. */
  onSearch: (value: string) => void;
  placeholder?: string;
  className?: string;
}

const SETTLE_MILLISECONDS = 250;

export function SearchInput({ value, onSearch, placeholder, className }: SearchInputProps) {
  const t = useTranslations("common");
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => setDraft(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function settle(next: string, after: number): void {
    clearTimeout(timer.current);
    setDraft(next);
    timer.current = setTimeout(() => onSearch(next.trim()), after);
  }

  return (
    <search className={cn("w-full sm:w-64", className)}>
      <Input
        value={draft}
        aria-label={placeholder ?? t("search")}
        placeholder={placeholder ?? t("search")}
        enterKeyHint="search"
        leading={<Search aria-hidden />}
        trailing={
          draft === "" ? undefined : (
            <IconButton size="sm" label={t("clear")} onClick={() => settle("", 0)}>
              <X aria-hidden />
            </IconButton>
          )
        }
        onChange={(event) => settle(event.target.value, SETTLE_MILLISECONDS)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            settle(draft, 0);
          } else if (event.key === "Escape" && draft !== "") {
            event.stopPropagation();
            settle("", 0);
          }
        }}
      />
    </search>
  );
}

export interface DataTableToolbarProps {
  search?: ReactNode;
  /** Selects, segmented controls. */
  filters?: ReactNode;
  /** Present while a filter is set. */
  onClearFilters?: (() => void) | undefined;
  /** Buttons at the end: add, import, export. */
  actions?: ReactNode;
  /** Replaces all of it while rows are chosen. */
  selected?: { count: number; onClear: () => void; actions: ReactNode } | undefined;
}

/** The bar above a table's rows. Its height is the same with and without a selection. */
export function DataTableToolbar({ search, filters, onClearFilters, actions, selected }: DataTableToolbarProps) {
  const t = useTranslations("common");
  const chosen = selected !== undefined && selected.count > 0 ? selected : undefined;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-2.5 py-2">
      {chosen ? (
        <>
          <IconButton label={t("table.clearSelection")} onClick={chosen.onClear}>
            <X aria-hidden />
          </IconButton>
          <span aria-live="polite" className="text-sm font-medium">
            {t("table.selected", { count: chosen.count })}
          </span>
          <div className="ml-auto flex flex-wrap items-center gap-2">{chosen.actions}</div>
        </>
      ) : (
        <>
          {search}
          {/* On a phone one row to swipe, whatever their number: several rows of them would leave the table little room. */}
          {filters ? (
            <div className="contents max-sm:-m-1 max-sm:flex max-sm:w-[calc(100%+0.5rem)] max-sm:gap-2 max-sm:overflow-x-auto max-sm:p-1 max-sm:*:shrink-0">
              {filters}
            </div>
          ) : null}
          {onClearFilters ? (
            <Button variant="ghost" onClick={onClearFilters}>
              {t("clearFilters")}
            </Button>
          ) : null}
          <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>
        </>
      )}
    </div>
  );
}
