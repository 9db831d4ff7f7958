"use client";

import { ChevronRight, Star } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FilterSelect } from "@/components/settings/filter-select";
import { ListEmpty, ListPager } from "@/components/settings/list-parts";
import { type ListQuery, useListQuery } from "@/components/settings/use-list-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RatingRow } from "@/lib/analytics/contracts";
import { conversationAddress } from "./conversation-address";
import { Stars } from "./stars";

export interface RatingTableProps {
  ratings: readonly RatingRow[];
  nextCursor: string | null;
  agents: readonly { readonly id: string; readonly name: string }[];
}

/** What the customer wrote, and the words they chose from. */
function Words({ row }: { row: RatingRow }) {
  const t = useTranslations("admin.ratings");
  return (
    <span className="flex flex-col gap-1 py-0.5">
      {row.comment ? (
        <span className="whitespace-pre-line">{row.comment}</span>
      ) : row.tags.length === 0 ? (
        <span className="text-ink-subtle">{t("noComment")}</span>
      ) : null}
      {row.tags.length > 0 ? (
        <span className="flex flex-wrap gap-1">
          {row.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ) : null}
    </span>
  );
}

function useColumns(): Column<RatingRow>[] {
  const t = useTranslations("admin.ratings");
  const dashboard = useTranslations("admin.dashboard");
  const common = useTranslations("common");
  return [
    { id: "stars", header: t("stars"), className: "whitespace-nowrap", cell: (row) => <Stars count={row.stars} /> },
    {
      id: "comment",
      header: t("comment"),
      className: "min-w-36 md:min-w-48",
      cell: (row) => <Words row={row} />,
    },
    {
      id: "customer",
      header: t("customer"),
      hideBelow: "md",
      cell: (row) => row.customerName ?? dashboard("anonymous"),
    },
    {
      id: "agent",
      header: t("agent"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (row) => row.agentName ?? t("bot"),
    },
    { id: "channel", header: t("channel"), hideBelow: "lg", cell: (row) => row.channelName },
    {
      id: "time",
      header: t("time"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (row) => <RelativeTime date={row.createdAt} className="text-ink-muted" />,
    },
    {
      id: "open",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (row) => (
        <Link
          href={conversationAddress(row.conversationId)}
          className="inline-flex items-center justify-center whitespace-nowrap rounded-xs text-accent-ink text-sm hover:underline touch:min-h-11 touch:min-w-11"
        >
          <span className="max-md:sr-only">{t("open")}</span>
          <ChevronRight aria-hidden className="size-4 md:hidden" />
        </Link>
      ),
    },
  ];
}

function RatingFilters({ query, agents }: Pick<RatingTableProps, "agents"> & { query: ListQuery }) {
  const t = useTranslations("admin.ratings");
  const admin = useTranslations("admin");
  const commented = query.get("commented") === "true";
  return (
    <>
      <FilterSelect
        query={query}
        name="stars"
        label={t("stars")}
        all={t("allStars")}
        options={[5, 4, 3, 2, 1].map((count) => ({ value: String(count), label: admin("stars", { count }) }))}
      />
      <FilterSelect
        query={query}
        name="agentId"
        label={t("agent")}
        all={t("allAgents")}
        options={agents.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Button
        variant={commented ? "soft" : "secondary"}
        aria-pressed={commented}
        onClick={() => query.set({ commented: commented ? undefined : "true" })}
      >
        {t("commented")}
      </Button>
    </>
  );
}

/** What customers thought, newest first, with a way to each conversation. */
export function RatingTable({ ratings, nextCursor, agents }: RatingTableProps) {
  const t = useTranslations("admin.ratings");
  const query = useListQuery();
  const columns = useColumns();
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={ratings}
      rowKey={(row) => row.conversationId}
      loading={query.pending}
      empty={<ListEmpty query={query} icon={<Star aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
      toolbar={
        <DataTableToolbar
          filters={<RatingFilters query={query} agents={agents} />}
          onClearFilters={query.filtered ? query.clear : undefined}
        />
      }
      footer={<ListPager query={query} nextCursor={nextCursor} />}
    />
  );
}
