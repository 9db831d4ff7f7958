"use client";

import { MessagesSquare } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { ListEmpty, ListPager } from "@/components/settings/list-parts";
import { useListQuery } from "@/components/settings/use-list-query";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Drill, type DrillRow, SPANS } from "@/lib/analytics/report-contracts";
import { formatDuration, formatNumber } from "@/lib/i18n/format";
import { conversationAddress } from "../conversation-address";

export interface DrillTableProps {
  rows: readonly DrillRow[];
  nextCursor: string | null;
  metric: Drill;
}

/** What a row says of its conversation beside the time, for metrics that measure something. */
function useValue(metric: Drill): ((row: DrillRow) => string) | undefined {
  const t = useTranslations("reports");
  const locale = useLocale();
  if (SPANS.some((kind) => kind === metric)) {
    return (row) => formatDuration(row.value, locale);
  }
  if (metric === "rating") {
    return (row) => t("starsValue", { count: row.value });
  }
  return metric === "messages" ? (row) => formatNumber(row.value, locale) : undefined;
}

/** The conversations behind a figure. */
export function DrillTable({ rows, nextCursor, metric }: DrillTableProps) {
  const t = useTranslations("reports");
  const query = useListQuery();
  const value = useValue(metric);
  const columns: Column<DrillRow>[] = [
    {
      id: "customer",
      header: t("customer"),
      cell: (row) => (
        <Link href={conversationAddress(row.conversationId)} className="font-medium hover:underline">
          {row.customerName ?? t("anonymous")}
        </Link>
      ),
    },
    { id: "agent", header: t("agent"), hideBelow: "md", cell: (row) => row.agentName ?? t("bot") },
    { id: "channel", header: t("channel"), hideBelow: "lg", cell: (row) => row.channelName },
    ...(value
      ? [
          {
            id: "value",
            header: t(`metric.${metric}`),
            align: "end",
            className: "whitespace-nowrap tabular-nums",
            cell: value,
          } as const,
        ]
      : []),
    {
      id: "time",
      header: t("time"),
      align: "end",
      className: "whitespace-nowrap",
      cell: (row) => <RelativeTime date={row.at} className="text-ink-muted" />,
    },
  ];
  return (
    <DataTable
      label={t("drillTitle", { metric: t(`metric.${metric}`) })}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.conversationId}/${row.at}/${row.value}`}
      loading={query.pending}
      empty={
        <ListEmpty
          query={query}
          icon={<MessagesSquare aria-hidden />}
          title={t("drillEmpty")}
          body={t("drillEmptyBody")}
        />
      }
      footer={<ListPager query={query} nextCursor={nextCursor} />}
    />
  );
}
