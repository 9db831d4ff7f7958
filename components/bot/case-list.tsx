"use client";

import { ListChecks, Play, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button, IconButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { deleteCase, runCases } from "@/lib/bot/case-contracts";
import type { BotCase, BotRun } from "@/lib/bot/case-schema";
import { CaseDialog } from "./case-dialog";
import { RunCard } from "./run-card";

function Expected({ each }: { each: BotCase }) {
  const t = useTranslations("admin-bot.casesView");
  const kinds = useTranslations("admin-bot.playgroundView.kindOf");
  const { kind, entryId, contains, excludes } = each.expected;
  const lines = [
    kind && kinds(kind),
    entryId &&
      (each.entryQuestion === null ? t("expectEntryGone") : t("expectEntry", { question: each.entryQuestion })),
    contains && t("expectContains", { text: contains }),
    excludes && t("expectExcludes", { text: excludes }),
  ].filter(Boolean);
  return <span className="text-ink-muted text-sm">{lines.join(" · ")}</span>;
}

function useCaseActions() {
  const t = useTranslations("admin-bot.casesView");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [running, setRunning] = useState(false);
  return {
    running,
    run: async () => {
      setRunning(true);
      try {
        await call(runCases, {});
        router.refresh();
      } catch (error) {
        toast.error(explain(error));
      } finally {
        setRunning(false);
      }
    },
    remove: async (id: string) => {
      try {
        await call(deleteCase, { params: { id } });
        toast.success(t("deleted"));
        router.refresh();
      } catch (error) {
        toast.error(explain(error));
      }
    },
  };
}

function useColumns(onRemove: (id: string) => void): Column<BotCase>[] {
  const t = useTranslations("admin-bot.casesView");
  const common = useTranslations("common");
  return [
    {
      id: "says",
      header: t("saysLabel"),
      className: "min-w-48",
      cell: (each) => (
        <span className="flex flex-col py-0.5">
          <span className="font-medium">{each.says.join(" → ")}</span>
          {each.note ? <span className="text-ink-subtle text-xs">{each.note}</span> : null}
        </span>
      ),
    },
    { id: "expected", header: t("expected"), cell: (each) => <Expected each={each} /> },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (each) => (
        <IconButton label={t("deleteOne", { question: each.says.at(-1) ?? "" })} onClick={() => onRemove(each.id)}>
          <Trash2 aria-hidden />
        </IconButton>
      ),
    },
  ];
}

/** The cases, and what came of them last. */
export function CaseList({ cases, run }: { cases: readonly BotCase[]; run: BotRun | undefined }) {
  const t = useTranslations("admin-bot.casesView");
  const router = useRouter();
  const actions = useCaseActions();
  const [adding, setAdding] = useState(false);
  const columns = useColumns((id) => void actions.remove(id));
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      {cases.length === 0 ? (
        <EmptyState icon={<ListChecks aria-hidden />} title={t("empty")} body={t("emptyBody")} action={add} />
      ) : (
        <>
          <div className="flex flex-wrap gap-2">
            {add}
            <Button loading={actions.running} onClick={() => void actions.run()}>
              <Play aria-hidden />
              {t("run")}
            </Button>
          </div>
          <div aria-live="polite">
            <RunCard run={run} />
          </div>
          <DataTable label={t("cases")} columns={columns} rows={cases} rowKey={(each) => each.id} empty={t("empty")} />
        </>
      )}
      {adding ? (
        <CaseDialog
          onClose={() => setAdding(false)}
          onSaved={() => {
            setAdding(false);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}
