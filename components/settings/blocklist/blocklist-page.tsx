"use client";

import { Ban, ShieldBan } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ListEmpty, ListPager, ListSearch } from "@/components/settings/list-parts";
import { PageFrame } from "@/components/settings/page-frame";
import { useListQuery } from "@/components/settings/use-list-query";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar } from "@/components/ui/data-table-toolbar";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BlockEntry, unblock } from "@/lib/customers/blocklist-contracts";
import { BlockDialog } from "./block-dialog";

function useColumns(onUnblock: (entry: BlockEntry) => void): Column<BlockEntry>[] {
  const t = useTranslations("blocklist");
  return [
    {
      id: "who",
      header: t("who"),
      cell: (entry) => (
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">{entry.network ?? entry.customerName ?? t("visitor")}</span>
          <span className="truncate text-ink-muted text-xs">{entry.reason}</span>
        </span>
      ),
    },
    { id: "by", header: t("by"), hideBelow: "md", cell: (entry) => entry.createdBy },
    {
      id: "since",
      header: t("since"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (entry) => <RelativeTime date={entry.createdAt} className="text-ink-muted" />,
    },
    {
      id: "until",
      header: t("until"),
      className: "whitespace-nowrap",
      cell: (entry) => (entry.until ? <RelativeTime date={entry.until} /> : t("lengths.forever")),
    },
    {
      id: "actions",
      header: <span className="sr-only">{t("unblock")}</span>,
      align: "end",
      cell: (entry) => (
        <Button size="sm" variant="ghost" onClick={() => onUnblock(entry)}>
          {t("unblock")}
        </Button>
      ),
    },
  ];
}

/** Who may not write, why, and until when. */
export function BlocklistPage({ entries, nextCursor }: { entries: readonly BlockEntry[]; nextCursor: string | null }) {
  const t = useTranslations("blocklist");
  const { call, explain } = useRequest();
  const query = useListQuery();
  const [adding, setAdding] = useState(false);

  async function remove({ id }: BlockEntry): Promise<void> {
    try {
      await call(unblock, { params: { id } });
      toast.success(t("unblocked"));
    } catch (error) {
      toast.error(explain(error));
    }
    query.refresh();
  }

  const columns = useColumns((entry) => void remove(entry));
  return (
    <PageFrame
      title={t("title")}
      description={t("description")}
      actions={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Ban aria-hidden />
          {t("add")}
        </Button>
      }
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rows={entries}
        rowKey={(entry) => entry.id}
        toolbar={<DataTableToolbar search={<ListSearch query={query} placeholder={t("search")} />} />}
        empty={<ListEmpty query={query} icon={<ShieldBan aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
        footer={<ListPager query={query} nextCursor={nextCursor} />}
      />
      {adding ? (
        <BlockDialog
          onClose={() => {
            setAdding(false);
            query.refresh();
          }}
        />
      ) : null}
    </PageFrame>
  );
}
