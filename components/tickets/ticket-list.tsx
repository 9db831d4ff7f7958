"use client";

import { MessageSquare, Plus, Ticket as TicketIcon, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDeskCommand } from "@/components/desk/use-desk-command";
import type { RealtimeSettings } from "@/components/realtime/connection";
import { FilterSelect } from "@/components/settings/filter-select";
import { ListPager } from "@/components/settings/list-parts";
import { PageFrame } from "@/components/settings/page-frame";
import { SectionViews } from "@/components/settings/section-views";
import { type ListQuery, useListQuery } from "@/components/settings/use-list-query";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import {
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TICKET_TABS,
  type TicketChoices,
  type TicketCounts,
  type TicketSummary,
  type TicketTab,
} from "@/lib/tickets/schema";
import { CreateTicketDialog } from "./create-ticket-dialog";
import { PriorityBadge, StatusBadge } from "./ticket-badges";
import { useTypeName } from "./ticket-words";
import { useTicketSignals } from "./use-ticket-signals";

/** Filters beside the tab, by their names in the address. */
const FILTERS = ["q", "status", "priority", "assigneeId", "teamId", "customerId", "conversationId"] as const;

const ADDRESS = "/desk/tickets";

export interface TicketListProps {
  tickets: readonly TicketSummary[];
  nextCursor: string | null;
  counts: TicketCounts;
  tab: TicketTab;
  choices: TicketChoices;
  /** The customer whose tickets alone are shown. */
  customerName: string | null;
  merchantId: string;
  realtime: RealtimeSettings;
}

function Subject({ row }: { row: TicketSummary }) {
  const t = useTranslations("tickets");
  const typeName = useTypeName();
  return (
    <span className="flex min-w-0 flex-col gap-1 py-0.5">
      <Link
        href={`${ADDRESS}/${row.id}`}
        className="line-clamp-2 rounded-xs font-medium break-words hover:underline touch:min-h-6"
      >
        {row.subject}
      </Link>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-subtle text-xs">
        <span className="md:hidden">#{row.number}</span>
        <span className="flex gap-1 md:hidden">
          <StatusBadge status={row.status} />
          <PriorityBadge priority={row.priority} />
        </span>
        {row.type === "" ? null : <span>{typeName(row.type)}</span>}
        {row.customer ? <span>{row.customer.name ?? t("anonymous")}</span> : null}
        {row.conversationId ? (
          <MessageSquare role="img" aria-label={t("fields.conversation")} className="size-3.5" />
        ) : null}
        <RelativeTime date={row.updatedAt} className="md:hidden" />
      </span>
    </span>
  );
}

function useColumns(): Column<TicketSummary>[] {
  const t = useTranslations("tickets");
  return [
    {
      id: "number",
      header: t("list.number"),
      hideBelow: "md",
      className: "w-16 whitespace-nowrap text-ink-subtle tabular-nums",
      cell: ({ number }) => `#${number}`,
    },
    { id: "subject", header: t("list.subject"), className: "min-w-48", cell: (row) => <Subject row={row} /> },
    {
      id: "status",
      header: t("list.status"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: "priority",
      header: t("list.priority"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: ({ priority }) => (
        <>
          <PriorityBadge priority={priority} />
          {priority === "normal" ? <span className="text-ink-subtle">{t("priorities.normal")}</span> : null}
        </>
      ),
    },
    {
      id: "assignee",
      header: t("list.assignee"),
      hideBelow: "lg",
      className: "whitespace-nowrap",
      cell: ({ assignee, team }) =>
        assignee ? (
          <span className="inline-flex items-center gap-2">
            <Avatar name={assignee.name} src={assignee.avatarUrl} size="sm" />
            {assignee.name}
          </span>
        ) : (
          <span className="text-ink-subtle">{team?.name ?? t("none.assignee")}</span>
        ),
    },
    {
      id: "updated",
      header: t("list.updated"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: ({ updatedAt }) => <RelativeTime date={updatedAt} className="text-ink-muted" />,
    },
  ];
}

function Tabs({ query, tab, counts }: Pick<TicketListProps, "tab" | "counts"> & { query: ListQuery }) {
  const t = useTranslations("tickets.tabs");
  const hrefOf = (name: TicketTab): string => {
    const kept = FILTERS.flatMap((filter) => {
      const value = query.get(filter);
      return value === undefined ? [] : [[filter, value]];
    });
    return `${ADDRESS}?${new URLSearchParams([["tab", name], ...kept])}`;
  };
  const countOf: Partial<Record<TicketTab, number>> = counts;
  return (
    <SectionViews
      label={t("label")}
      views={TICKET_TABS.map((name) => ({
        href: hrefOf(name),
        label: t(name),
        current: name === tab,
        count: countOf[name],
      }))}
    />
  );
}

function Filters({ query, tab, choices }: Pick<TicketListProps, "tab" | "choices"> & { query: ListQuery }) {
  const t = useTranslations("tickets");
  return (
    <>
      <FilterSelect
        query={query}
        name="status"
        label={t("list.status")}
        all={t("list.allStatuses")}
        options={TICKET_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      <FilterSelect
        query={query}
        name="priority"
        label={t("list.priority")}
        all={t("list.allPriorities")}
        options={TICKET_PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
      />
      {tab === "mine" || tab === "unassigned" ? null : (
        <FilterSelect
          query={query}
          name="assigneeId"
          label={t("list.assignee")}
          all={t("list.everybody")}
          options={choices.agents.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  );
}

/** Whose tickets alone are shown, with a way back to everybody's. */
function OnlyCustomer({ query, name }: { query: ListQuery; name: string | null }) {
  const t = useTranslations("tickets");
  return query.get("customerId") === undefined ? null : (
    <Button variant="soft" onClick={() => query.set({ customerId: undefined })}>
      {t("list.ofCustomer", { name: name ?? t("anonymous") })}
      <X aria-hidden />
    </Button>
  );
}

function Empty({ filtered, onClear, onAdd }: { filtered: boolean; onClear: () => void; onAdd: () => void }) {
  const t = useTranslations("tickets");
  const common = useTranslations("common");
  const icon = <TicketIcon aria-hidden />;
  return filtered ? (
    <EmptyState
      icon={icon}
      title={t("list.noMatch")}
      body={t("list.noMatchBody")}
      action={<Button onClick={onClear}>{common("clearFilters")}</Button>}
    />
  ) : (
    <EmptyState
      icon={icon}
      title={t("list.empty")}
      body={t("list.emptyBody")}
      action={<Button onClick={onAdd}>{t("add")}</Button>}
    />
  );
}

/** The merchant's tickets, last changed first; tab, filters and page stand in the address. */
export function TicketList(props: TicketListProps) {
  const { tickets, nextCursor, counts, tab, choices, customerName, merchantId, realtime } = props;
  const t = useTranslations("tickets");
  const query = useListQuery();
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  useTicketSignals(merchantId, realtime, query.refresh);
  useDeskCommand({ keys: "n", label: t("add"), icon: <Plus aria-hidden />, run: add });
  const filtered = FILTERS.some((name) => query.get(name) !== undefined);
  const clear = () => query.set(Object.fromEntries(FILTERS.map((name) => [name, undefined])));
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <Button variant="primary" onClick={add}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      }
    >
      <Tabs query={query} tab={tab} counts={counts} />
      <DataTable
        label={t("title")}
        columns={columns}
        rows={tickets}
        rowKey={({ id }) => id}
        loading={query.pending}
        empty={<Empty filtered={filtered} onClear={clear} onAdd={add} />}
        toolbar={
          <DataTableToolbar
            search={
              <SearchInput
                value={query.get("q") ?? ""}
                placeholder={t("list.search")}
                onSearch={(q) => query.set({ q })}
              />
            }
            filters={
              <>
                <Filters query={query} tab={tab} choices={choices} />
                <OnlyCustomer query={query} name={customerName} />
              </>
            }
            onClearFilters={filtered ? clear : undefined}
          />
        }
        footer={<ListPager query={query} nextCursor={nextCursor} />}
      />
      <CreateTicketDialog open={adding} onOpenChange={setAdding} onMade={query.refresh} />
    </PageFrame>
  );
}
