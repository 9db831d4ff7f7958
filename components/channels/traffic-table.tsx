"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import { LogSection, type LogSectionProps } from "./log-section";

/** One thing that came in or went out. */
export interface TrafficRow {
  readonly id: string;
  readonly at: string;
  readonly tone: BadgeTone;
  readonly outcome: string;
  /** Beside the outcome, on every screen. */
  readonly note?: string | null;
  /** Only where the table has `who`. */
  readonly who?: string;
  /** In a column of its own on wider screens, else beneath the outcome; only where the table has `detail`. */
  readonly detail?: ReactNode;
  /** `none`: this one has no button. */
  readonly replay: "may" | "not_now" | "none";
}

export interface TrafficTableProps extends Pick<LogSectionProps<TrafficRow>, "title" | "help" | "empty" | "rows"> {
  /** Headers of the columns that not every table has. */
  readonly who?: string;
  readonly detail?: string;
  readonly replayLabel: string;
  /** False while another one is replayed, or for who may only read. */
  readonly mayReplay: boolean;
  readonly onReplay: (id: string) => void;
}

function useColumns({ who, detail, replayLabel, mayReplay, onReplay }: TrafficTableProps): Column<TrafficRow>[] {
  const t = useTranslations("admin-channels");
  const whoColumn: Column<TrafficRow> = { id: "who", header: who, hideBelow: "md", cell: (row) => row.who };
  const detailColumn: Column<TrafficRow> = {
    id: "detail",
    header: detail,
    hideBelow: "md",
    cell: ({ detail: why }) => <span className="break-words text-ink-muted text-sm">{why}</span>,
  };
  return [
    {
      id: "time",
      header: t("deliveryTime"),
      className: "whitespace-nowrap",
      cell: ({ at }) => <RelativeTime date={at} className="text-ink-muted" />,
    },
    ...(who === undefined ? [] : [whoColumn]),
    {
      id: "outcome",
      header: t("deliveryOutcome"),
      cell: ({ tone, outcome, note, detail: why }) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <Badge tone={tone}>{outcome}</Badge>
          {note ? <span className="break-words text-ink-muted text-sm">{note}</span> : null}
          {why ? <span className="min-w-0 basis-full break-words text-ink-muted text-sm md:hidden">{why}</span> : null}
        </span>
      ),
    },
    ...(detail === undefined ? [] : [detailColumn]),
    {
      id: "replay",
      header: <span className="sr-only">{t("replay")}</span>,
      className: "w-12 text-end",
      cell: ({ id, replay }) =>
        replay === "none" ? null : (
          <IconButton
            size="sm"
            label={replayLabel}
            disabled={!mayReplay || replay === "not_now"}
            onClick={() => onReplay(id)}
          >
            <RotateCw aria-hidden />
          </IconButton>
        ),
    },
  ];
}

/** One direction of a channel's traffic: when, what became of it, and the button that does it over. */
export function TrafficTable(props: TrafficTableProps) {
  const { title, help, empty, rows } = props;
  return <LogSection title={title} help={help} empty={empty} rows={rows} columns={useColumns(props)} />;
}
