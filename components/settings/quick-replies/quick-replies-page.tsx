"use client";

import { MessageSquareQuote, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { DataTableToolbar, SearchInput } from "@/components/ui/data-table-toolbar";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { createQuickReply, deleteQuickReply, type QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { ExportMenu } from "../export-menu";
import { PageFrame } from "../page-frame";
import { useConfirmedRemoval, usePreparedColumns } from "../prepared-list";
import { useRequest } from "../use-request";
import { ImportButton } from "./import-button";
import { QuickReplyDialog } from "./quick-reply-dialog";

function matches(reply: QuickReply, search: string): boolean {
  const words = search.toLowerCase();
  return [reply.title, reply.text, reply.shortcut, reply.folder].some((text) => text.toLowerCase().includes(words));
}

/** Asks, deletes, and offers to bring it back. */
function useRemove() {
  const t = useTranslations("quick-replies");
  const { call, explain } = useRequest();
  const router = useRouter();
  const remove = useConfirmedRemoval();

  async function restore({ id: _, usedCount: __, ...body }: QuickReply): Promise<void> {
    try {
      await call(createQuickReply, { body });
      toast.success(t("restored", { title: body.title }));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return async (reply: QuickReply): Promise<void> => {
    const { id, title, personal } = reply;
    const words = { title: t("deleteTitle", { title }), body: t(personal ? "ownDeleteBody" : "deleteBody") };
    if (await remove(words, () => call(deleteQuickReply, { params: { id } }))) {
      toast.success(t("deleted", { title }), {
        duration: 10_000,
        action: { label: t("undo"), onClick: () => void restore(reply) },
      });
    }
  };
}

function useColumns(onEdit: (reply: QuickReply) => void): Column<QuickReply>[] {
  const t = useTranslations("quick-replies");
  const languageName = useLanguageName();
  const remove = useRemove();
  return usePreparedColumns<QuickReply>({
    nameOf: ({ title }) => title,
    detailOf: ({ text }) => text,
    heads: { name: t("name"), shortcut: t("shortcut"), used: t("used") },
    onEdit,
    onRemove: (reply) => void remove(reply),
    between: [
      {
        id: "folder",
        header: t("folder"),
        hideBelow: "md",
        className: "whitespace-nowrap",
        cell: ({ folder }) => (folder ? <Badge>{folder}</Badge> : null),
      },
      {
        id: "language",
        header: t("language"),
        hideBelow: "lg",
        className: "whitespace-nowrap",
        cell: ({ language }) => languageName(language),
      },
    ],
  });
}

/** Radix's select takes no empty value; these stand for every folder, and for none. */
const EVERY = "*";
const NONE = "-";

function FolderSelect({ folders, value, onChange }: FolderSelectProps) {
  const t = useTranslations("quick-replies");
  return (
    <Select
      aria-label={t("folder")}
      className="w-auto min-w-28 max-w-44"
      value={value}
      onValueChange={onChange}
      options={[
        { value: EVERY, label: t("allFolders") },
        ...folders.map((folder) => ({ value: `/${folder}`, label: folder })),
        { value: NONE, label: t("noFolder") },
      ]}
    />
  );
}

interface FolderSelectProps {
  folders: readonly string[];
  value: string;
  onChange: (value: string) => void;
}

/** In from a file and out to one, beside the button that adds one. */
function Actions({ personal, children }: { personal: boolean; children: ReactNode }) {
  return (
    <>
      <ImportButton personal={personal} />
      <ExportMenu path="/api/v1/quick-replies/export" fixed={{ personal: String(personal) }} />
      {children}
    </>
  );
}

/** What of the list is shown: by words and by folder. */
function useShown(replies: readonly QuickReply[]) {
  const [search, setSearch] = useState("");
  const [folder, setFolder] = useState(EVERY);
  const folders = [...new Set(replies.flatMap((reply) => reply.folder || []))].sort();
  // The folder of the last reply in it is gone with that reply.
  const chosen = folder === EVERY || folder === NONE || folders.includes(folder.slice(1)) ? folder : EVERY;
  const inFolder = (reply: QuickReply) =>
    chosen === EVERY || (chosen === NONE ? reply.folder === "" : `/${reply.folder}` === chosen);
  const shown = replies.filter((reply) => inFolder(reply) && (search === "" || matches(reply, search)));
  return {
    search,
    setSearch,
    folder: chosen,
    setFolder,
    folders,
    shown,
    isNarrowed: search !== "" || chosen !== EVERY,
  };
}

function Toolbar({ view }: { view: ReturnType<typeof useShown> }) {
  const t = useTranslations("quick-replies");
  const { folders } = view;
  return (
    <DataTableToolbar
      search={<SearchInput value={view.search} placeholder={t("search")} onSearch={view.setSearch} />}
      filters={
        folders.length > 0 ? (
          <FolderSelect folders={folders} value={view.folder} onChange={view.setFolder} />
        ) : undefined
      }
    />
  );
}

interface QuickRepliesPageProps {
  replies: readonly QuickReply[];
  /** True: the caller's own; false: those that all agents of the merchant share. */
  personal: boolean;
}

/** Quick replies as a list, with their form, in folders, in from a file and out to one. */
export function QuickRepliesPage({ replies, personal }: QuickRepliesPageProps) {
  const t = useTranslations("quick-replies");
  const common = useTranslations("common.table");
  const router = useRouter();
  const view = useShown(replies);
  const { folders, isNarrowed } = view;
  const [editing, setEditing] = useState<{ reply: QuickReply | undefined }>();
  const columns = useColumns((reply) => setEditing({ reply }));
  const title = t(personal ? "ownTitle" : "title");
  const add = (
    <Button variant="primary" onClick={() => setEditing({ reply: undefined })}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <PageFrame
      title={title}
      description={t(personal ? "ownDescription" : "description")}
      actions={<Actions personal={personal}>{add}</Actions>}
    >
      <DataTable
        label={title}
        columns={columns}
        rows={view.shown}
        rowKey={(reply) => reply.id}
        onOpen={(reply) => setEditing({ reply })}
        toolbar={<Toolbar view={view} />}
        empty={
          <EmptyState
            icon={<MessageSquareQuote aria-hidden />}
            title={isNarrowed ? common("noMatch") : t("empty")}
            body={isNarrowed ? common("noMatchHint") : t(personal ? "ownEmptyBody" : "emptyBody")}
            action={isNarrowed ? undefined : add}
          />
        }
      />
      {editing ? (
        <QuickReplyDialog
          reply={editing.reply}
          personal={personal}
          folders={folders}
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
