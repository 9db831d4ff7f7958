"use client";

import { MessageSquareQuote, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { createQuickReply, deleteQuickReply, type QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { ExportMenu } from "../export-menu";
import { PageFrame } from "../page-frame";
import { useRequest } from "../use-request";
import { ImportButton } from "./import-button";
import { QuickReplyDialog } from "./quick-reply-dialog";

function matches(reply: QuickReply, search: string): boolean {
  const words = search.toLowerCase();
  return [reply.title, reply.text, reply.shortcut, reply.folder].some((text) => text.toLowerCase().includes(words));
}

/** Asks, deletes, and offers to bring it back. */
function useRemove() {
  const t = useTranslations("admin.quickReplies");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();

  async function restore({ folder, shortcut, title, text, language }: QuickReply): Promise<void> {
    try {
      await call(createQuickReply, { body: { folder, shortcut, title, text, language, personal: false } });
      toast.success(t("restored", { title }));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return async (reply: QuickReply): Promise<void> => {
    const agreed = await confirm({
      title: t("deleteTitle", { title: reply.title }),
      body: t("deleteBody"),
      confirmLabel: common("delete"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    try {
      await call(deleteQuickReply, { params: { id: reply.id } });
      router.refresh();
      toast.success(t("deleted", { title: reply.title }), {
        duration: 10_000,
        action: { label: t("undo"), onClick: () => void restore(reply) },
      });
    } catch (error) {
      toast.error(explain(error));
    }
  };
}

function useColumns(onEdit: (reply: QuickReply) => void, onRemove: (reply: QuickReply) => void): Column<QuickReply>[] {
  const t = useTranslations("admin.quickReplies");
  const common = useTranslations("common");
  const languageName = useLanguageName();
  return [
    {
      id: "title",
      header: t("name"),
      className: "min-w-48",
      cell: (reply) => (
        <span className="flex min-w-0 flex-col py-0.5">
          <button
            type="button"
            onClick={() => onEdit(reply)}
            className="self-start rounded-xs text-left font-medium hover:underline"
          >
            {reply.title}
          </button>
          <span className="line-clamp-1 text-ink-subtle text-xs">{reply.text}</span>
        </span>
      ),
    },
    {
      id: "shortcut",
      header: t("shortcut"),
      className: "whitespace-nowrap",
      cell: (reply) => (reply.shortcut ? <Kbd>{`/${reply.shortcut}`}</Kbd> : null),
    },
    {
      id: "folder",
      header: t("folder"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (reply) => (reply.folder ? <Badge>{reply.folder}</Badge> : null),
    },
    {
      id: "language",
      header: t("language"),
      hideBelow: "lg",
      className: "whitespace-nowrap",
      cell: (reply) => languageName(reply.language),
    },
    { id: "used", header: t("used"), hideBelow: "md", align: "end", cell: (reply) => reply.usedCount },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (reply) => (
        <IconButton label={`${common("delete")} ${reply.title}`} onClick={() => onRemove(reply)}>
          <Trash2 aria-hidden />
        </IconButton>
      ),
    },
  ];
}

/** In from a file and out to one, beside the button that adds one. */
function Actions({ children }: { children: ReactNode }) {
  return (
    <>
      <ImportButton />
      <ExportMenu path="/api/v1/quick-replies/export" />
      {children}
    </>
  );
}

/** The replies that all agents of the merchant share. */
export function QuickRepliesPage({ replies }: { replies: readonly QuickReply[] }) {
  const t = useTranslations("admin.quickReplies");
  const common = useTranslations("common.table");
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [editing, setEditing] = useState<{ reply: QuickReply | undefined }>();
  const remove = useRemove();
  const columns = useColumns(
    (reply) => setEditing({ reply }),
    (reply) => void remove(reply),
  );
  const add = (
    <Button variant="primary" onClick={() => setEditing({ reply: undefined })}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <PageFrame title={t("title")} description={t("description")} actions={<Actions>{add}</Actions>}>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={search === "" ? replies : replies.filter((reply) => matches(reply, search))}
        rowKey={(reply) => reply.id}
        onOpen={(reply) => setEditing({ reply })}
        toolbar={
          <DataTableToolbar search={<SearchInput value={search} placeholder={t("search")} onSearch={setSearch} />} />
        }
        empty={
          <EmptyState
            icon={<MessageSquareQuote aria-hidden />}
            title={search === "" ? t("empty") : common("noMatch")}
            body={search === "" ? t("emptyBody") : common("noMatchHint")}
            action={search === "" ? add : undefined}
          />
        }
      />
      {editing ? (
        <QuickReplyDialog
          reply={editing.reply}
          folders={[...new Set(replies.flatMap(({ folder }) => (folder ? [folder] : [])))]}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            router.refresh();
          }}
        />
      ) : null}
    </PageFrame>
  );
}
