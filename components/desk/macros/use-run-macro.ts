"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { runMacro } from "@/lib/conversations/macro-contracts";
import type { Macro, MacroStep, MacroUndo } from "@/lib/conversations/macro-schema";
import { newId } from "@/lib/core/ids";
import { updateCustomer } from "@/lib/customers/contracts";
import { useDesk } from "../desk-provider";
import { runBulk } from "../list/run-bulk";
import type { Desk } from "../store/desk";

const UNDO_SECONDS = 10;

/** A key that the server chose: the namespace is whole in both languages, which a test holds. */
type PlainTranslator = (key: string, values?: Record<string, string | number>) => string;

/** Takes one step of a run back. */
function undoStep(desk: Desk, id: string, undo: MacroUndo): Promise<unknown> {
  switch (undo.type) {
    case "recall":
      return desk.threads.recall(id, undo.messageId);
    case "priority":
      return desk.prioritise(id, undo.priority);
    case "wake":
      return desk.wake(id);
    case "reopen":
      return desk.reopen(id);
    default: {
      const customerId = desk.store.get().rows.get(id)?.customer.id ?? "";
      return desk.call(updateCustomer, { params: { id: customerId }, body: { tags: undo.tags } });
    }
  }
}

/** Runs a macro on conversations, tells what came of it, and offers to take it back. */
export function useRunMacro(): (macro: Macro, ids: readonly string[]) => Promise<void> {
  const t = useTranslations("desk.macros");
  const errors = useTranslations("errors");
  const desk = useDesk();
  const problemText = useProblemText();

  const reasonText = useCallback(
    ({ reason, values }: MacroStep) =>
      reason && errors.has(reason as never) ? (errors as PlainTranslator)(reason, values) : t("stoppedPlain"),
    [errors, t],
  );
  const takeBack = useCallback(
    async (runs: ReadonlyMap<string, readonly MacroUndo[]>) => {
      const { failures } = await runBulk([...runs.keys()], async (id) => {
        for (const undo of runs.get(id) ?? []) {
          await undoStep(desk, id, undo);
        }
      });
      if (failures.length > 0) {
        toast.error(problemText(failures[0]));
      } else {
        toast.success(t("undone"));
      }
    },
    [desk, problemText, t],
  );

  return useCallback(
    async (macro, ids) => {
      const runs = new Map<string, readonly MacroUndo[]>();
      const stopped: MacroStep[] = [];
      const { failures } = await runBulk(ids, async (id) => {
        const body = { runId: newId("client") };
        const { steps, undo, conversation } = await desk.call(runMacro, { params: { id, macroId: macro.id }, body });
        desk.list.takeRows([conversation]);
        void desk.threads.fillGap(id);
        runs.set(id, undo);
        stopped.push(...steps.filter(({ ok }) => !ok));
      });
      const undoable = [...runs.values()].some((undo) => undo.length > 0);
      const [step] = stopped;
      const [failure] = failures;
      const options = {
        duration: UNDO_SECONDS * 1_000,
        ...(undoable && { action: { label: t("undo"), onClick: () => void takeBack(runs) } }),
      };
      if (failure !== undefined) {
        toast.error(problemText(failure), options);
      } else if (step !== undefined) {
        toast.warning(t("stopped", { name: macro.name, reason: reasonText(step) }), options);
      } else {
        toast.success(t("done", { name: macro.name, count: ids.length }), options);
      }
    },
    [desk, problemText, reasonText, t, takeBack],
  );
}
