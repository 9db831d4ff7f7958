"use client";

import { Ellipsis, Store } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatDuration, formatNumber, formatPercent } from "@/lib/i18n/format";
import type { MerchantRow } from "@/lib/identity/merchant-contracts";
import { ListEmpty, ListPager, ListSearch } from "../list-parts";
import type { ListQuery } from "../use-list-query";

export interface MerchantActions {
  readonly edit: (merchant: MerchantRow) => void;
  /** Works for that merchant from now on, beginning at this page of its console. */
  readonly enter: (merchant: MerchantRow, path: string) => void;
  readonly setSuspended: (merchant: MerchantRow, suspended: boolean) => void;
}

const PLACES = [
  ["enter", "/admin"],
  ["openReports", "/admin/reports"],
  ["openPeople", "/admin/agents"],
  ["openBranding", "/admin/settings/branding"],
] as const;

function MerchantMenu({ merchant, actions }: { merchant: MerchantRow; actions: MerchantActions }) {
  const t = useTranslations("admin-merchants");
  const suspended = merchant.suspendedAt !== null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={t("actions", { name: merchant.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => actions.edit(merchant)}>{t("edit")}</DropdownMenuItem>
        {PLACES.map(([name, path]) => (
          <DropdownMenuItem key={name} onSelect={() => actions.enter(merchant, path)}>
            {t(name)}
          </DropdownMenuItem>
        ))}
        {merchant.kind === "platform" ? null : (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger={!suspended} onSelect={() => actions.setSuspended(merchant, !suspended)}>
              {t(suspended ? "resume" : "suspend")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function NameCell({ merchant, onEdit }: { merchant: MerchantRow; onEdit: (merchant: MerchantRow) => void }) {
  const t = useTranslations("admin-merchants");
  return (
    <span className="flex min-w-0 flex-col py-0.5">
      <span className="flex flex-wrap items-center gap-1.5">
        <button
          type="button"
          onClick={() => onEdit(merchant)}
          className="rounded-xs text-left font-medium hover:underline"
        >
          {merchant.name}
        </button>
        {merchant.kind === "platform" ? <Badge>{t("platform")}</Badge> : null}
        {merchant.suspendedAt === null ? null : <Badge tone="danger">{t("suspended")}</Badge>}
      </span>
      <span className="truncate text-ink-subtle text-xs">{`${merchant.slug} · ${merchant.timezone}`}</span>
    </span>
  );
}

function useColumns(actions: MerchantActions): Column<MerchantRow>[] {
  const t = useTranslations("admin-merchants");
  const common = useTranslations("common");
  const locale = useLocale();
  const right = { align: "end", className: "whitespace-nowrap tabular-nums" } as const;
  const share = (value: number | null) => (value === null ? t("none") : formatPercent(value, locale));
  const count = (value: number) => formatNumber(value, locale);
  const none = t("none");
  return [
    { id: "name", header: t("name"), cell: (row) => <NameCell merchant={row} onEdit={actions.edit} /> },
    { id: "people", header: t("people"), ...right, hideBelow: "lg", cell: (row) => count(row.people) },
    { id: "channels", header: t("channels"), ...right, hideBelow: "xl", cell: (row) => count(row.channels) },
    { id: "waiting", header: t("waiting"), ...right, hideBelow: "md", cell: (row) => count(row.waiting) },
    { id: "conversations", header: t("conversations"), ...right, cell: (row) => count(row.figures.conversations) },
    {
      id: "first",
      header: t("firstResponse"),
      ...right,
      hideBelow: "md",
      cell: ({ figures: { firstResponseMedian: median } }) => (median === null ? none : formatDuration(median, locale)),
    },
    {
      id: "resolution",
      header: t("resolutionRate"),
      ...right,
      hideBelow: "lg",
      cell: (row) => share(row.figures.resolutionRate),
    },
    {
      id: "containment",
      header: t("containment"),
      ...right,
      hideBelow: "xl",
      cell: (row) => share(row.figures.containment),
    },
    {
      id: "satisfaction",
      header: t("satisfaction"),
      ...right,
      hideBelow: "md",
      cell: ({ figures: { satisfaction } }) =>
        satisfaction === null ? none : formatNumber(Math.round(satisfaction * 10) / 10, locale),
    },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (row) => <MerchantMenu merchant={row} actions={actions} />,
    },
  ];
}

export interface MerchantTableProps {
  merchants: readonly MerchantRow[];
  nextCursor: string | null;
  query: ListQuery;
  actions: MerchantActions;
}

/** Merchants with the numbers of their last days. */
export function MerchantTable({ merchants, nextCursor, query, actions }: MerchantTableProps) {
  const t = useTranslations("admin-merchants");
  return (
    <DataTable
      label={t("title")}
      columns={useColumns(actions)}
      rows={merchants}
      rowKey={(row) => row.id}
      loading={query.pending}
      toolbar={<DataTableToolbar search={<ListSearch query={query} placeholder={t("search")} />} />}
      empty={<ListEmpty query={query} icon={<Store aria-hidden />} title={t("empty")} body={t("description")} />}
      footer={<ListPager query={query} nextCursor={nextCursor} />}
    />
  );
}
