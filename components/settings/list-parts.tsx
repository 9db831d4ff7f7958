"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import type { ListQuery } from "./use-list-query";

export interface ListEmptyProps {
  query: ListQuery;
  icon: ReactNode;
  /** While no filter is set: what is missing, and what to do next. */
  title: string;
  body: string;
  action?: ReactNode;
}

/** A table without rows: nothing there at all, or nothing that fits the filters. */
export function ListEmpty({ query, icon, title, body, action }: ListEmptyProps) {
  const t = useTranslations("common");
  return query.filtered ? (
    <EmptyState
      icon={icon}
      title={t("table.noMatch")}
      body={t("table.noMatchHint")}
      action={<Button onClick={query.clear}>{t("clearFilters")}</Button>}
    />
  ) : (
    <EmptyState icon={icon} title={title} body={body} action={action} />
  );
}

/** The search of a list, kept in the address. */
export function ListSearch({ query, placeholder }: { query: ListQuery; placeholder: string }) {
  return (
    <SearchInput
      value={query.get("search") ?? ""}
      placeholder={placeholder}
      onSearch={(search) => query.set({ search })}
    />
  );
}

export interface ListPagerProps {
  query: ListQuery;
  nextCursor: string | null;
  total?: number;
  countedTo?: number;
}

/** Previous and next page of a list in the address. */
export function ListPager({ query, nextCursor, ...counts }: ListPagerProps) {
  return (
    <Pager
      {...counts}
      loading={query.pending}
      onPrevious={query.previous}
      onNext={nextCursor === null ? undefined : () => query.next(nextCursor)}
    />
  );
}
