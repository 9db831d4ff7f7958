"use client";

import { UserRound, X } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { conversationAddress } from "@/components/analytics/conversation-address";
import { ExportMenu } from "@/components/settings/export-menu";
import { ListEmpty, ListPager, ListSearch } from "@/components/settings/list-parts";
import { PageFrame } from "@/components/settings/page-frame";
import { type ListQuery, useListQuery } from "@/components/settings/use-list-query";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CustomerListRow } from "@/lib/customers/schema";
import { formatNumber } from "@/lib/i18n/format";

/** Who it is; leads to what they said last, where the desk shows the whole profile. */
function Who({ row }: { row: CustomerListRow }) {
  const t = useTranslations("customers");
  const name = row.name ?? t("anonymous");
  const contact = [row.phone, row.email, row.city].filter(Boolean).join(" · ");
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} src={row.avatarUrl} />
      <span className="min-w-0">
        <span className="flex min-w-0 items-center gap-1.5">
          {row.lastConversationId === null ? (
            <span className="truncate font-medium">{name}</span>
          ) : (
            <Link
              href={conversationAddress(row.lastConversationId)}
              className="truncate rounded-xs font-medium hover:underline"
            >
              {name}
            </Link>
          )}
          {row.blockedAt === null ? null : <Badge tone="danger">{t("blocked")}</Badge>}
        </span>
        {contact === "" ? null : <span className="block truncate text-ink-muted text-xs">{contact}</span>}
      </span>
    </span>
  );
}

function Tags({ tags, query }: { tags: readonly string[]; query: ListQuery }) {
  const t = useTranslations("customers");
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-label={t("byTag", { tag })}
          onClick={() => query.set({ tag })}
          className="inline-flex max-w-40 rounded-xs hover:opacity-80 touch:min-h-11 touch:items-center"
        >
          <Badge>{tag}</Badge>
        </button>
      ))}
    </span>
  );
}

function useColumns(query: ListQuery): Column<CustomerListRow>[] {
  const t = useTranslations("customers");
  const locale = useLocale();
  const right = { align: "end", className: "whitespace-nowrap tabular-nums" } as const;
  return [
    {
      id: "who",
      header: t("name"),
      className: "max-md:w-full max-md:max-w-0 md:max-w-80",
      cell: (row) => <Who row={row} />,
    },
    { id: "tags", header: t("tags"), hideBelow: "lg", cell: (row) => <Tags tags={row.tags} query={query} /> },
    {
      id: "conversations",
      header: t("conversations"),
      ...right,
      cell: (row) => formatNumber(row.conversations, locale),
    },
    {
      id: "orders",
      header: t("orders"),
      hideBelow: "lg",
      ...right,
      cell: (row) => formatNumber(row.totalOrders, locale),
    },
    {
      id: "last",
      header: t("lastMessage"),
      hideBelow: "md",
      ...right,
      cell: (row) =>
        row.lastMessageAt ? <RelativeTime date={row.lastMessageAt} className="text-ink-muted" /> : t("never"),
    },
    {
      id: "since",
      header: t("since"),
      hideBelow: "md",
      ...right,
      cell: (row) => <RelativeTime date={row.createdAt} className="text-ink-muted" />,
    },
  ];
}

function Toolbar({ query }: { query: ListQuery }) {
  const t = useTranslations("customers");
  const [tag, blocked] = [query.get("tag"), query.get("blocked") === "true"];
  return (
    <DataTableToolbar
      search={<ListSearch query={query} placeholder={t("search")} />}
      filters={
        <>
          <Button
            variant={blocked ? "soft" : "secondary"}
            aria-pressed={blocked}
            onClick={() => query.set({ blocked: blocked ? undefined : "true" })}
          >
            {t("onlyBlocked")}
          </Button>
          {tag ? (
            <Button variant="soft" aria-label={t("allTags")} onClick={() => query.set({ tag: undefined })}>
              <span className="max-w-40 truncate">{tag}</span>
              <X aria-hidden />
            </Button>
          ) : null}
        </>
      }
      onClearFilters={query.filtered ? query.clear : undefined}
    />
  );
}

/** Everybody who ever wrote, with a way to what they said and to their profile. */
export function CustomersPage({
  customers,
  nextCursor,
}: {
  customers: readonly CustomerListRow[];
  nextCursor: string | null;
}) {
  const t = useTranslations("customers");
  const query = useListQuery();
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={<ExportMenu path="/api/v1/customers/export" />}
    >
      <DataTable
        label={t("title")}
        columns={useColumns(query)}
        rows={customers}
        rowKey={(row) => row.id}
        loading={query.pending}
        toolbar={<Toolbar query={query} />}
        empty={<ListEmpty query={query} icon={<UserRound aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
        footer={<ListPager query={query} nextCursor={nextCursor} />}
      />
    </PageFrame>
  );
}
