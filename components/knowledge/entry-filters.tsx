"use client";

import { useTranslations } from "next-intl";
import { FilterSelect } from "@/components/settings/filter-select";
import type { ListQuery } from "@/components/settings/use-list-query";
import { AUDIENCES, ENTRY_KINDS, ENTRY_STATUSES } from "@/lib/knowledge/schema";
import type { Named } from "./entry-names";
import { CONTENT_LANGUAGES } from "./languages";
import { useLanguageName } from "./use-language-name";

export interface EntryFiltersProps {
  query: ListQuery;
  categories: readonly string[];
  collections: readonly string[];
  agents: readonly Named[];
}

const named = (names: readonly string[]) => names.flatMap((name) => (name ? [{ value: name, label: name }] : []));

/** Narrows the list of entries; kept in the address. */
export function EntryFilters({ query, categories, collections, agents }: EntryFiltersProps) {
  const t = useTranslations("admin-knowledge");
  const languageName = useLanguageName();
  const filters = [
    {
      name: "status",
      label: t("status"),
      all: t("allStatus"),
      options: ENTRY_STATUSES.map((status) => ({ value: status, label: t(status) })),
    },
    {
      name: "attention",
      label: t("attention"),
      all: t("allAttention"),
      options: (["due", "changed"] as const).map((each) => ({ value: each, label: t(`attentions.${each}`) })),
    },
    { name: "collection", label: t("collection"), all: t("allCollections"), options: named(collections) },
    { name: "category", label: t("category"), all: t("allCategories"), options: named(categories) },
    {
      name: "kind",
      label: t("fields.kind"),
      all: t("allKinds"),
      options: ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
    },
    {
      name: "owner",
      label: t("fields.ownerId"),
      all: t("allOwners"),
      options: agents.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      name: "audience",
      label: t("fields.audience"),
      all: t("allAudiences"),
      options: AUDIENCES.map((audience) => ({ value: audience, label: t(`audiences.${audience}`) })),
    },
    {
      name: "language",
      label: t("language"),
      all: t("allLanguages"),
      options: CONTENT_LANGUAGES.map((language) => ({ value: language, label: languageName(language) })),
    },
  ];
  return filters.map((filter) =>
    filter.options.length > 0 ? <FilterSelect key={filter.name} query={query} {...filter} /> : null,
  );
}
