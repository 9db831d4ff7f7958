"use client";

import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditRow } from "@/lib/audit/contracts";
import { DateRange } from "../date-range";
import { FilterSelect } from "../filter-select";
import { ListEmpty, ListPager, ListSearch } from "../list-parts";
import { type ListQuery, useListQuery } from "../use-list-query";
import { AuditDetails } from "./audit-details";
import { useAuditWords } from "./audit-words";

export interface AuditTableProps {
  rows: readonly AuditRow[];
  nextCursor: string | null;
  actions: readonly string[];
  actors: readonly { readonly id: string; readonly name: string }[];
}

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

function AuditToolbar({ query, actions, actors }: Pick<AuditTableProps, "actions" | "actors"> & { query: ListQuery }) {
  const t = useTranslations("admin.audit");
  const words = useAuditWords();
  return (
    <DataTableToolbar
      search={<ListSearch query={query} placeholder={t("search")} />}
      filters={
        <>
          <FilterSelect
            query={query}
            name="action"
            label={t("action")}
            all={t("allActions")}
            options={actions.map((action) => ({ value: action, label: words.action(action) }))}
          />
          <FilterSelect
            query={query}
            name="actorId"
            label={t("actor")}
            all={t("allActors")}
            options={actors.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <DateRange
            from={query.get("from")}
            to={query.get("to")}
            labels={{ from: t("from"), to: t("to") }}
            onChange={query.set}
          />
        </>
      }
      onClearFilters={query.filtered ? query.clear : undefined}
    />
  );
}

/** Who did what, with filters; a row opens its before and after. */
export function AuditTable({ rows, nextCursor, actions, actors }: AuditTableProps) {
  const t = useTranslations("admin.audit");
  const query = useListQuery();
  const [open, setOpen] = useState<AuditRow>();
  const columns = useColumns(setOpen);
  return (
    <>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        loading={query.pending}
        onOpen={setOpen}
        empty={<ListEmpty query={query} icon={<ScrollText aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
        toolbar={<AuditToolbar query={query} actions={actions} actors={actors} />}
        footer={<ListPager query={query} nextCursor={nextCursor} />}
      />
      {open ? <AuditDetails row={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
