"use client";

import { BookOpenText, Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FilterSelect } from "@/components/settings/filter-select";
import { ListEmpty, ListPager } from "@/components/settings/list-parts";
import { type ListQuery, useListQuery } from "@/components/settings/use-list-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import { plainText } from "@/lib/core/light-markup";
import type { Entry } from "@/lib/knowledge/schema";
import { CONTENT_LANGUAGES } from "./languages";
import { useEntryActions } from "./use-entry-actions";
import { useLanguageName } from "./use-language-name";

export interface EntryTableProps {
  entries: readonly Entry[];
  nextCursor: string | null;
  total: number;
  categories: readonly string[];
  collections: readonly string[];
}

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
            {[entry.collection, plainText(entry.answer)].filter(Boolean).join(" · ")}
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

function EntryFilters({
  query,
  categories,
  collections,
}: Pick<EntryTableProps, "categories" | "collections"> & { query: ListQuery }) {
  const t = useTranslations("admin-knowledge");
  const languageName = useLanguageName();
  return (
    <>
      <FilterSelect
        query={query}
        name="status"
        label={t("status")}
        all={t("allStatus")}
        options={(["published", "draft"] as const).map((status) => ({ value: status, label: t(status) }))}
      />
      {collections.length > 0 ? (
        <FilterSelect
          query={query}
          name="collection"
          label={t("collection")}
          all={t("allCollections")}
          options={collections.map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      <FilterSelect
        query={query}
        name="category"
        label={t("category")}
        all={t("allCategories")}
        options={categories.flatMap((name) => (name ? [{ value: name, label: name }] : []))}
      />
      <FilterSelect
        query={query}
        name="language"
        label={t("language")}
        all={t("allLanguages")}
        options={CONTENT_LANGUAGES.map((language) => ({ value: language, label: languageName(language) }))}
      />
    </>
  );
}

function BulkActions({ chosen, onDone }: { chosen: readonly Entry[]; onDone: () => void }) {
  const t = useTranslations("admin-knowledge");
  const { busy, setStatus, remove } = useEntryActions();
  return (
    <>
      <Button loading={busy} onClick={() => void setStatus(chosen, "published").then(onDone)}>
        {t("publishSelected")}
      </Button>
      <Button loading={busy} onClick={() => void setStatus(chosen, "draft").then(onDone)}>
        {t("unpublishSelected")}
      </Button>
      <Button
        variant="dangerGhost"
        loading={busy}
        onClick={() => void remove(chosen).then((removed) => (removed ? onDone() : undefined))}
      >
        <Trash2 aria-hidden />
        {t("deleteSelected")}
      </Button>
    </>
  );
}

function EntryToolbar({
  query,
  categories,
  collections,
  chosen,
  onClear,
}: Pick<EntryTableProps, "categories" | "collections"> & {
  query: ListQuery;
  chosen: readonly Entry[];
  onClear: () => void;
}) {
  const t = useTranslations("admin-knowledge");
  return (
    <DataTableToolbar
      search={
        <SearchInput
          value={query.get("search") ?? ""}
          placeholder={t("search")}
          onSearch={(search) => query.set({ search })}
        />
      }
      filters={<EntryFilters query={query} categories={categories} collections={collections} />}
      onClearFilters={query.filtered ? query.clear : undefined}
      selected={{
        count: chosen.length,
        onClear,
        actions: <BulkActions chosen={chosen} onDone={onClear} />,
      }}
    />
  );
}

/** The entries: search, filters, pages, and what can be done to many at once. */
export function EntryTable({ entries, nextCursor, total, categories, collections }: EntryTableProps) {
  const t = useTranslations("admin-knowledge");
  const router = useRouter();
  const query = useListQuery();
  const columns = useColumns();
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const chosen = entries.filter((entry) => keys.has(entry.id));
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
      toolbar={
        <EntryToolbar
          query={query}
          categories={categories}
          collections={collections}
          chosen={chosen}
          onClear={() => setKeys(new Set())}
        />
      }
      footer={<ListPager query={query} nextCursor={nextCursor} total={total} />}
    />
  );
}
