"use client";

import { ListChecks, Pencil, Play, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useConfirmedRemoval } from "@/components/settings/prepared-list";
import { useRequest } from "@/components/settings/use-request";
import { Button, IconButton } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { createCase, deleteCase, runCases } from "@/lib/bot/case-contracts";
import { type BotCase, type BotRun, type CaseInput, expectation, type RunSummary } from "@/lib/bot/case-schema";
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
  const { call, explain } = useRequest();
  const router = useRouter();
  const [running, setRunning] = useState(false);
  return {
    running,
    run: async () => {
      setRunning(true);
      try {
        await call(runCases, {});
        // Of the check that was just made, whichever was looked at before.
        router.replace("/admin/bot/cases");
        router.refresh();
      } catch (error) {
        toast.error(explain(error));
      } finally {
        setRunning(false);
      }
    },
  };
}

/** What makes the case anew; undefined where nothing of what it expected is left. An entry that has gone is left out. */
function copyOf({ says, expected: { entryId, ...rest }, entryQuestion, note }: BotCase): CaseInput | undefined {
  const expected = entryQuestion === null ? rest : { ...rest, entryId };
  return expectation.safeParse(expected).success ? { says, expected, note } : undefined;
}

/** Asks, deletes, and offers to bring it back. */
function useRemove() {
  const t = useTranslations("admin-bot.casesView");
  const { call, explain } = useRequest();
  const router = useRouter();
  const remove = useConfirmedRemoval();

  async function restore(body: CaseInput): Promise<void> {
    try {
      await call(createCase, { body });
      toast.success(t("restored"));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return async (each: BotCase): Promise<void> => {
    const words = { title: t("deleteTitle", { question: each.says.at(-1) ?? "" }), body: t("deleteBody") };
    if (await remove(words, () => call(deleteCase, { params: { id: each.id } }))) {
      const copy = copyOf(each);
      const action = copy && { label: t("undo"), onClick: () => void restore(copy) };
      toast.success(t("deleted"), { duration: 10_000, action });
    }
  };
}

function useColumns(onEdit: (each: BotCase) => void): Column<BotCase>[] {
  const t = useTranslations("admin-bot.casesView");
  const common = useTranslations("common");
  const remove = useRemove();
  return [
    {
      id: "says",
      header: t("saysLabel"),
      className: "min-w-48",
      cell: (each) => (
        <span className="flex flex-col py-0.5">
          <button
            type="button"
            onClick={() => onEdit(each)}
            className="self-start rounded-xs text-left font-medium hover:underline"
          >
            {each.says.join(" → ")}
          </button>
          {each.note ? <span className="text-ink-subtle text-xs">{each.note}</span> : null}
          <span className="md:hidden">
            <Expected each={each} />
          </span>
        </span>
      ),
    },
    { id: "expected", header: t("expected"), hideBelow: "md", cell: (each) => <Expected each={each} /> },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (each) => (
        <span className="flex justify-end">
          <IconButton label={t("editOne", { question: each.says.at(-1) ?? "" })} onClick={() => onEdit(each)}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t("deleteOne", { question: each.says.at(-1) ?? "" })} onClick={() => void remove(each)}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      ),
    },
  ];
}

export interface CaseListProps {
  cases: readonly BotCase[];
  /** The last ones, newest first. */
  runs: readonly RunSummary[];
  /** The one that is shown. */
  run: BotRun | undefined;
}

/** The cases, and what came of them last, or in an earlier check. */
export function CaseList({ cases, runs, run }: CaseListProps) {
  const t = useTranslations("admin-bot.casesView");
  const router = useRouter();
  const actions = useCaseActions();
  const [open, setOpen] = useState<{ readonly each: BotCase | undefined }>();
  const columns = useColumns((each) => setOpen({ each }));
  const add = (
    <Button variant="primary" onClick={() => setOpen({ each: undefined })}>
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
            <RunCard run={run} runs={runs} />
          </div>
          <DataTable label={t("cases")} columns={columns} rows={cases} rowKey={(each) => each.id} empty={t("empty")} />
        </>
      )}
      {open ? (
        <CaseDialog
          each={open.each}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}
