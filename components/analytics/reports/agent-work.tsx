"use client";

import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import type { Report } from "@/lib/analytics/report-contracts";
import { formatDuration, formatNumber } from "@/lib/i18n/format";

type Row = Report["agents"][number];

/** What each agent did in the range. */
export function AgentWork({ agents }: { agents: readonly Row[] }) {
  const t = useTranslations("reports");
  const locale = useLocale();
  const span = (seconds: number | null) => (seconds === null ? t("none") : formatDuration(seconds, locale));
  const right = { align: "end", className: "whitespace-nowrap tabular-nums" } as const;
  const columns: Column<Row>[] = [
    { id: "agent", header: t("agent"), cell: (row) => row.name },
    { id: "resolved", header: t("resolved"), ...right, cell: (row) => formatNumber(row.resolved, locale) },
    {
      id: "responses",
      header: t("responses"),
      ...right,
      hideBelow: "md",
      cell: (row) => formatNumber(row.responses, locale),
    },
    { id: "first", header: t("firstMedian"), ...right, cell: (row) => span(row.firstResponseMedian) },
    { id: "response", header: t("responseMedian"), ...right, hideBelow: "md", cell: (row) => span(row.responseMedian) },
    {
      id: "stars",
      header: t("stars"),
      ...right,
      cell: (row) =>
        row.satisfaction === null ? t("none") : formatNumber(Math.round(row.satisfaction * 10) / 10, locale),
    },
    {
      id: "ratings",
      header: t("ratings"),
      ...right,
      hideBelow: "lg",
      cell: (row) => formatNumber(row.ratings, locale),
    },
  ];
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{t("agents")}</h2>
      <DataTable
        label={t("agents")}
        columns={columns}
        rows={agents}
        rowKey={(row) => row.agentId}
        empty={<p className="p-6 text-center text-ink-muted text-sm">{t("agentsNone")}</p>}
      />
    </section>
  );
}
