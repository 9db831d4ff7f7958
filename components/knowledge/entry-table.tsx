"use client";

import { BookOpenText, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useListQuery } from "@/components/settings/use-list-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import type { Entry } from "@/lib/knowledge/schema";
import { CONTENT_LANGUAGES } from "./languages";
import { useEntryActions } from "./use-entry-actions";
import { useLanguageName } from "./use-language-name";

export interface EntryTableProps {
  entries: readonly Entry[];
  nextCursor: string | null;
  total: number;
  categories: readonly string[];
}

/** Radix's select takes no empty value; this one stands for "all". */
const ALL = "*";

function useColumns(): Column<Entry>[] {
  const t = useTranslations("admin-knowledge");
  const languageName = useLanguageName();
  return [
    {
      id: "question",
      header: t("question"),
      className: "min-w-48",
      cell: (entry) => (
        <span className="flex min-w-0 flex-col py-0.5">
          <Link href={`/admin/knowledge/${entry.id}`} className="line-clamp-2 font-medium hover:underline">
            {entry.question}
          </Link>
          <span className="line-clamp-1 text-ink-subtle text-xs">
            {entry.variants.length > 0 ? `${t("variantCount", { count: entry.variants.length })} · ` : ""}
            {entry.answer}
          </span>
        </span>
      ),
    },
    {
      id: "status",
      header: t("status"),
      cell: (entry) => (
        <Badge tone={entry.status === "published" ? "success" : "neutral"} dot>
          {t(entry.status)}
        </Badge>
      ),
    },
    {
      id: "category",
      header: t("category"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (entry) => entry.category || <span className="text-ink-subtle">{t("noCategory")}</span>,
    },
    {
      id: "language",
      header: t("language"),
      hideBelow: "lg",
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

/** The entries: search, filters, pages, and what can be done to many at once. */
export function EntryTable({ entries, nextCursor, total, categories }: EntryTableProps) {
  const t = useTranslations("admin-knowledge");
  const common = useTranslations("common");
  const languageName = useLanguageName();
  const router = useRouter();
  const query = useListQuery();
  const actions = useEntryActions();
  const columns = useColumns();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = entries.filter((entry) => keys.has(entry.id));
  const clear = () => setKeys(new Set());

  const filter = (name: string, label: string, all: string, options: readonly { value: string; label: string }[]) => (
    <Select
      aria-label={label}
      className="w-auto min-w-28 max-w-44"
      value={query.get(name) ?? ALL}
      onValueChange={(value) => query.set({ [name]: value === ALL ? undefined : value })}
      options={[{ value: ALL, label: all }, ...options]}
    />
  );

  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      loading={query.pending}
      selection={{ keys, onChange: setKeys }}
      onOpen={(entry) => router.push(`/admin/knowledge/${entry.id}`)}
      empty={
        query.filtered ? (
          <EmptyState
            icon={<BookOpenText aria-hidden />}
            title={common("table.noMatch")}
            body={common("table.noMatchHint")}
            action={<Button onClick={query.clear}>{common("clearFilters")}</Button>}
          />
        ) : (
          <EmptyState
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
        )
      }
      toolbar={
        <DataTableToolbar
          search={
            <SearchInput
              value={query.get("search") ?? ""}
              placeholder={t("search")}
              onSearch={(search) => query.set({ search })}
            />
          }
          filters={
            <>
              {filter("status", t("status"), t("allStatus"), [
                { value: "published", label: t("published") },
                { value: "draft", label: t("draft") },
              ])}
              {filter(
                "category",
                t("category"),
                t("allCategories"),
                categories.filter(Boolean).map((name) => ({ value: name, label: name })),
              )}
              {filter(
                "language",
                t("language"),
                t("allLanguages"),
                CONTENT_LANGUAGES.map((language) => ({ value: language, label: languageName(language) })),
              )}
            </>
          }
          onClearFilters={query.filtered ? query.clear : undefined}
          selected={{
            count: chosen.length,
            onClear: clear,
            actions: (
              <>
                <Button loading={actions.busy} onClick={() => void actions.setStatus(chosen, "published").then(clear)}>
                  {t("publishSelected")}
                </Button>
                <Button loading={actions.busy} onClick={() => void actions.setStatus(chosen, "draft").then(clear)}>
                  {t("unpublishSelected")}
                </Button>
                <Button
                  variant="dangerGhost"
                  loading={actions.busy}
                  onClick={() => void actions.remove(chosen).then((removed) => removed && clear())}
                >
                  <Trash2 aria-hidden />
                  {t("deleteSelected")}
                </Button>
              </>
            ),
          }}
        />
      }
      footer={
        <Pager
          total={total}
          loading={query.pending}
          onPrevious={query.previous}
          onNext={nextCursor === null ? undefined : () => query.next(nextCursor)}
        />
      }
    />
  );
}
