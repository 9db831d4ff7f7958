"use client";

import { Plus, Trash2, WandSparkles } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageFrame } from "@/components/settings/page-frame";
import { useRequest } from "@/components/settings/use-request";
import { Button, IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { deleteMacro } from "@/lib/conversations/macro-contracts";
import type { Macro } from "@/lib/conversations/macro-schema";
import type { MacroAgent } from "./macro-action-row";
import { MacroSheet } from "./macro-sheet";
import { useMacroSummary } from "./use-macro-summary";

export interface MacrosPageProps {
  macros: readonly Macro[];
  /** True: the caller's own; false: the merchant's. */
  personal: boolean;
  agents: readonly MacroAgent[];
  skills: readonly string[];
}

function useRemove() {
  const t = useTranslations("macros");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  return async ({ id, name }: Macro): Promise<void> => {
    const body = t("deleteBody");
    const agreed = await confirm({
      title: t("deleteTitle", { name }),
      body,
      confirmLabel: common("delete"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    try {
      await call(deleteMacro, { params: { id } });
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  };
}

function useColumns(onEdit: (macro: Macro) => void): Column<Macro>[] {
  const t = useTranslations("macros");
  const common = useTranslations("common");
  const summary = useMacroSummary();
  const remove = useRemove();
  return [
    {
      id: "name",
      header: t("name"),
      className: "min-w-48",
      cell: (macro) => (
        <span className="flex min-w-0 flex-col py-0.5">
          <button
            type="button"
            onClick={() => onEdit(macro)}
            className="self-start rounded-xs text-left font-medium hover:underline"
          >
            {macro.name}
          </button>
          <span className="line-clamp-1 text-ink-subtle text-xs">{summary(macro.actions)}</span>
        </span>
      ),
    },
    {
      id: "shortcut",
      header: t("shortcut"),
      cell: ({ shortcut }) => (shortcut === "" ? null : <Kbd>{`/${shortcut}`}</Kbd>),
    },
    { id: "used", header: t("used"), hideBelow: "md", align: "end", cell: ({ usedCount }) => usedCount },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (macro) => (
        <IconButton label={`${common("delete")} ${macro.name}`} onClick={() => void remove(macro)}>
          <Trash2 aria-hidden />
        </IconButton>
      ),
    },
  ];
}

/** Macros as a list, with their editor. */
export function MacrosPage({ macros, personal, agents, skills }: MacrosPageProps) {
  const t = useTranslations("macros");
  const router = useRouter();
  const [editing, setEditing] = useState<{ macro: Macro | undefined }>();
  const columns = useColumns((macro) => setEditing({ macro }));
  const add = (
    <Button variant="primary" onClick={() => setEditing({ macro: undefined })}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <PageFrame
      title={t(personal ? "ownTitle" : "title")}
      description={t(personal ? "ownDescription" : "description")}
      actions={add}
    >
      <DataTable
        label={t("title")}
        columns={columns}
        rows={macros}
        rowKey={({ id }) => id}
        onOpen={(macro) => setEditing({ macro })}
        empty={<EmptyState icon={<WandSparkles aria-hidden />} title={t("empty")} body={t("emptyBody")} action={add} />}
      />
      {editing ? (
        <MacroSheet
          macro={editing.macro}
          personal={personal}
          agents={agents}
          skills={skills}
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
