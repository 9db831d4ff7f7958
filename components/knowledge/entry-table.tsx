"use client";

import { BookOpenText, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ListEmpty, ListPager, ListSearch } from "@/components/settings/list-parts";
import { type ListQuery, useListQuery } from "@/components/settings/use-list-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import { plainText } from "@/lib/core/light-markup";
import { COUNTED_MAX, type Entry } from "@/lib/knowledge/schema";
import { EntryBulkActions } from "./entry-bulk-actions";
import { EntryFilters } from "./entry-filters";
import type { Named } from "./entry-names";
import { StatusBadge } from "./status-badge";
import { toldState } from "./told-state";
import { useLanguageName } from "./use-language-name";

export interface EntryTableProps {
  entries: readonly Entry[];
  nextCursor: string | null;
  total: number;
  categories: readonly string[];
  collections: readonly string[];
  agents: readonly Named[];
  /** Today at the merchant, as YYYY-MM-DD. */
  today: string;
  /** Others look and write drafts. */
  mayPublish: boolean;
}

/** What is special about an entry: changes that wait, another kind than most, limits, a review that is due. */
function Marks({ entry, today }: { entry: Entry; today: string }) {
  const t = useTranslations("admin-knowledge");
  const isDue = entry.reviewOn !== null && entry.reviewOn <= today;
  const told = toldState(entry, useNow());
  const isOut = entry.status === "published" && (told === "expired" || told === "upcoming");
  const isLimited = !isOut && (entry.validFrom !== null || entry.validUntil !== null || entry.channelIds.length > 0);
  const marks = [
    {
      key: "pending",
      shown: entry.pending !== null,
      tone: "warning",
      label: t(`pending.${entry.pending?.status ?? "draft"}`),
    },
    { key: "out", shown: isOut, tone: "danger", label: isOut ? t(`told.${told}`) : "" },
    { key: "kind", shown: entry.kind !== "faq", tone: "outline", label: t(`kinds.${entry.kind}`) },
    { key: "audience", shown: entry.audience !== "everyone", tone: "note", label: t(`audiences.${entry.audience}`) },
    { key: "limited", shown: isLimited, tone: "info", label: t("limited") },
    { key: "due", shown: isDue, tone: "danger", label: t("due") },
  ] as const;
  return marks.map(({ key, shown, tone, label }) =>
    shown ? (
      <Badge key={key} tone={tone}>
        {label}
      </Badge>
    ) : null,
  );
}

function QuestionCell({ entry, today }: { entry: Entry; today: string }) {
  const t = useTranslations("admin-knowledge");
  return (
    <span className="flex min-w-0 flex-col py-0.5">
      <Link href={`/admin/knowledge/${entry.id}`} className="line-clamp-2 font-medium hover:underline">
        {entry.question}
      </Link>
      <span className="line-clamp-1 text-ink-subtle text-xs">
        {entry.variants.length > 0 ? `${t("variantCount", { count: entry.variants.length })} · ` : ""}
        {[entry.collection, plainText(entry.answer)].filter(Boolean).join(" · ")}
      </span>
      <span className="mt-0.5 flex flex-wrap gap-1 empty:hidden">
        <Marks entry={entry} today={today} />
      </span>
    </span>
  );
}

function useColumns({ agents, today }: Pick<EntryTableProps, "agents" | "today">): Column<Entry>[] {
  const t = useTranslations("admin-knowledge");
  const languageName = useLanguageName();
  return [
    {
      id: "question",
      header: t("question"),
      className: "min-w-48",
      cell: (entry) => <QuestionCell entry={entry} today={today} />,
    },
    {
      id: "status",
      header: t("status"),
      cell: (entry) => <StatusBadge status={entry.status} />,
    },
    {
      id: "category",
      header: t("category"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (entry) => entry.category || <span className="text-ink-subtle">{t("noCategory")}</span>,
    },
    {
      id: "owner",
      header: t("fields.ownerId"),
      hideBelow: "lg",
      className: "whitespace-nowrap",
      cell: (entry) => agents.find(({ id }) => id === entry.ownerId)?.name ?? "",
    },
    {
      id: "language",
      header: t("language"),
      hideBelow: "xl",
      className: "whitespace-nowrap",
      cell: (entry) => languageName(entry.language),
    },
    {
      id: "used",
      header: <span title={t("usedHint")}>{t("used")}</span>,
      label: t("used"),
      hideBelow: "lg",
      align: "end",
      cell: (entry) => entry.usedCount,
    },
    {
      id: "updated",
      header: t("updated"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (entry) => <RelativeTime date={entry.updatedAt} className="text-ink-muted" />,
    },
  ];
}

type ToolbarProps = Pick<EntryTableProps, "categories" | "collections" | "agents" | "mayPublish"> & {
  query: ListQuery;
  chosen: readonly Entry[];
  onClear: () => void;
};

function EntryToolbar({ query, chosen, onClear, mayPublish, ...choices }: ToolbarProps) {
  const t = useTranslations("admin-knowledge");
  return (
    <DataTableToolbar
      search={<ListSearch query={query} placeholder={t("search")} />}
      filters={<EntryFilters query={query} {...choices} />}
      onClearFilters={query.filtered ? query.clear : undefined}
      selected={{
        count: chosen.length,
        onClear,
        actions: mayPublish ? (
          <EntryBulkActions chosen={chosen} collections={choices.collections} onDone={onClear} />
        ) : null,
      }}
    />
  );
}

/** The entries: search, filters, pages, and what can be done to many at once. */
export function EntryTable({ entries, nextCursor, total, today, ...choices }: EntryTableProps) {
  const t = useTranslations("admin-knowledge");
  const router = useRouter();
  const query = useListQuery();
  const columns = useColumns({ agents: choices.agents, today });
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = entries.filter((entry) => keys.has(entry.id));
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      loading={query.pending}
      selection={choices.mayPublish ? { keys, onChange: setKeys } : undefined}
      onOpen={(entry) => router.push(`/admin/knowledge/${entry.id}`)}
      empty={
        <ListEmpty
          query={query}
          icon={<BookOpenText aria-hidden />}
          title={t("empty")}
          body={t("emptyBody")}
          action={
            <Button asChild variant="primary">
              <Link href="/admin/knowledge/new">
                <Plus aria-hidden />
                {t("add")}
              </Link>
            </Button>
          }
        />
      }
      toolbar={<EntryToolbar {...choices} query={query} chosen={chosen} onClear={() => setKeys(new Set())} />}
      footer={<ListPager query={query} nextCursor={nextCursor} total={total} countedTo={COUNTED_MAX} />}
    />
  );
}
