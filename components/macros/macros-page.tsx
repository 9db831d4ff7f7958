"use client";

import { Plus, WandSparkles } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageFrame } from "@/components/settings/page-frame";
import { useConfirmedRemoval, usePreparedColumns } from "@/components/settings/prepared-list";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
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

function useColumns(onEdit: (macro: Macro) => void): Column<Macro>[] {
  const t = useTranslations("macros");
  const summary = useMacroSummary();
  const { call } = useRequest();
  const remove = useConfirmedRemoval();
  return usePreparedColumns<Macro>({
    nameOf: ({ name }) => name,
    detailOf: ({ actions }) => summary(actions),
    heads: { name: t("name"), shortcut: t("shortcut"), used: t("used") },
    onEdit,
    onRemove: ({ id, name }) =>
      void remove({ title: t("deleteTitle", { name }), body: t("deleteBody") }, () =>
        call(deleteMacro, { params: { id } }),
      ),
  });
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
