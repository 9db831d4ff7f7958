"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import type { Drill, Report } from "@/lib/analytics/report-contracts";
import { formatDuration, formatNumber } from "@/lib/i18n/format";
import type { DrillAddress } from "../drill-address";

type Row = Report["agents"][number];

function useColumns(addressOf: DrillAddress): Column<Row>[] {
  const t = useTranslations("reports");
  const locale = useLocale();
  const span = (seconds: number | null) => (seconds === null ? t("none") : formatDuration(seconds, locale));
  /** A figure of one agent, with its conversations behind it where there are any. */
  const behind = (row: Row, metric: Drill, count: number, shown: string) =>
    count === 0 ? (
      shown
    ) : (
      <Link
        href={addressOf(metric, { agentId: row.agentId })}
        className="rounded-xs text-accent-ink hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
      >
        {shown}
      </Link>
    );
  const right = { align: "end", className: "whitespace-nowrap tabular-nums" } as const;
  return [
    { id: "agent", header: t("agent"), cell: (row) => row.name },
    {
      id: "resolved",
      header: t("resolved"),
      ...right,
      cell: (row) => behind(row, "resolution", row.resolved, formatNumber(row.resolved, locale)),
    },
    {
      id: "responses",
      header: t("responses"),
      ...right,
      hideBelow: "md",
      cell: (row) => behind(row, "response", row.responses, formatNumber(row.responses, locale)),
    },
    {
      id: "first",
      header: t("firstMedian"),
      ...right,
      cell: (row) =>
        behind(row, "first_response", row.firstResponseMedian === null ? 0 : 1, span(row.firstResponseMedian)),
    },
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
      cell: (row) => behind(row, "rating", row.ratings, formatNumber(row.ratings, locale)),
    },
  ];
}

/** What each agent did in the range. */
export function AgentWork({ agents, addressOf }: { agents: readonly Row[]; addressOf: DrillAddress }) {
  const t = useTranslations("reports");
  const columns = useColumns(addressOf);
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
