"use client";

import type { LucideIcon } from "lucide-react";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";

export interface LogSectionProps<Row extends { readonly id: string }> {
  title: string;
  help: string;
  /** What is said while there is nothing. */
  empty: { readonly icon: LucideIcon; readonly title: string; readonly body: string };
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}

/** One direction of a channel's traffic: what it is, and its last entries. */
export function LogSection<Row extends { readonly id: string }>(props: LogSectionProps<Row>) {
  const { title, help, empty, rows, columns } = props;
  const Icon = empty.icon;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="-mt-1.5 text-ink-muted text-sm">{help}</p>
      <DataTable
        label={title}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState compact icon={<Icon aria-hidden />} title={empty.title} body={empty.body} />}
        columns={columns}
      />
    </section>
  );
}
