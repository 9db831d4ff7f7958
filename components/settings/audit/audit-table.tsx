"use client";

import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import type { AuditRow } from "@/lib/audit/contracts";
import { useListQuery } from "../use-list-query";
import { AuditDetails } from "./audit-details";
import { useAuditWords } from "./audit-words";

export interface AuditTableProps {
  rows: readonly AuditRow[];
  nextCursor: string | null;
  actions: readonly string[];
  actors: readonly { readonly id: string; readonly name: string }[];
}

/** Radix's select takes no empty value; this one stands for "all". */
const ALL = "*";

/** A name or title that the recorded content carries, so that a row says what it was about. */
function subjectOf(row: AuditRow): string {
  for (const side of [row.after, row.before]) {
    if (typeof side === "object" && side !== null) {
      const named = side as Record<string, unknown>;
      const name = named.name ?? named.question ?? named.title;
      if (typeof name === "string" && name !== "") {
        return name;
      }
    }
  }
  return row.targetId ?? "";
}

function useColumns(onOpen: (row: AuditRow) => void): Column<AuditRow>[] {
  const t = useTranslations("admin.audit");
  const words = useAuditWords();
  return [
    {
      id: "action",
      header: t("action"),
      cell: (row) => (
        <button type="button" onClick={() => onOpen(row)} className="rounded-xs text-left font-medium hover:underline">
          {words.action(row.action)}
        </button>
      ),
    },
    {
      id: "target",
      header: t("target"),
      className: "max-w-72",
      cell: (row) => <span className="line-clamp-1 break-all text-ink-muted">{subjectOf(row)}</span>,
    },
    { id: "actor", header: t("actor"), className: "whitespace-nowrap", cell: (row) => words.actor(row) },
    {
      id: "ip",
      header: t("ip"),
      hideBelow: "lg",
      className: "whitespace-nowrap",
      cell: (row) => <span className="text-ink-muted">{row.ip}</span>,
    },
    {
      id: "time",
      header: t("time"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (row) => <RelativeTime date={row.createdAt} className="text-ink-muted" />,
    },
  ];
}

/** Who did what, with filters; a row opens its before and after. */
export function AuditTable({ rows, nextCursor, actions, actors }: AuditTableProps) {
  const t = useTranslations("admin.audit");
  const common = useTranslations("common");
  const words = useAuditWords();
  const query = useListQuery();
  const [open, setOpen] = useState<AuditRow>();
  const columns = useColumns(setOpen);
  const choose = (name: string) => (value: string) => query.set({ [name]: value === ALL ? undefined : value });
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        loading={query.pending}
        onOpen={setOpen}
        empty={
          <EmptyState
            icon={<ScrollText aria-hidden />}
            title={query.filtered ? common("table.noMatch") : t("empty")}
            body={query.filtered ? common("table.noMatchHint") : t("emptyBody")}
            action={query.filtered ? <Button onClick={query.clear}>{common("clearFilters")}</Button> : undefined}
          />
        }
        toolbar={
          <DataTableToolbar
            search={
              <SearchInput
                value={query.get("search") ?? ""}
                placeholder={t("search")}
                onSearch={(search) => query.set({ search })}
              />
            }
            filters={
              <>
                <Select
                  aria-label={t("action")}
                  className="w-auto min-w-28 max-w-48"
                  value={query.get("action") ?? ALL}
                  onValueChange={choose("action")}
                  options={[
                    { value: ALL, label: t("allActions") },
                    ...actions.map((action) => ({ value: action, label: words.action(action) })),
                  ]}
                />
                <Select
                  aria-label={t("actor")}
                  className="w-auto min-w-28 max-w-44"
                  value={query.get("actorId") ?? ALL}
                  onValueChange={choose("actorId")}
                  options={[
                    { value: ALL, label: t("allActors") },
                    ...actors.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                />
              </>
            }
            onClearFilters={query.filtered ? query.clear : undefined}
          />
        }
        footer={
          <Pager
            loading={query.pending}
            onPrevious={query.previous}
            onNext={nextCursor === null ? undefined : () => query.next(nextCursor)}
          />
        }
      />
      {open ? <AuditDetails row={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
