"use client";

import { ArrowLeftRight, CircleCheck, Ellipsis, Flag, WandSparkles, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useShortcut } from "@/components/shell/shortcuts";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Button, IconButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useConfirm } from "@/components/ui/confirm";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Spinner } from "@/components/ui/spinner";
import type { Macro } from "@/lib/conversations/macro-schema";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import { useMacros } from "../macros/use-macros";
import { useRunMacro } from "../macros/use-run-macro";
import { runBulk } from "./run-bulk";
import { useSelection } from "./selection";

const PRIORITIES = [3, 2, 1, 0] as const;

/** Runs one action on all that is chosen, and tells how many were done and why the others were not. */
function useBulk() {
  const t = useTranslations("desk.bulk");
  const selection = useSelection();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);

  async function run(work: (id: string) => Promise<void>): Promise<void> {
    setBusy(true);
    const { done, failures } = await runBulk([...selection.ids], work);
    setBusy(false);
    if (done > 0) {
      toast.success(t("done", { count: done }));
    }
    if (failures.length > 0) {
      toast.error(t("failed", { count: failures.length, reason: problemText(failures[0]) }));
    } else {
      selection.end();
    }
  }

  return { busy, run };
}

function BulkActions({ count, busy, run }: { count: number } & ReturnType<typeof useBulk>) {
  const t = useTranslations("desk.bulk");
  const conversation = useTranslations("desk.conversation");
  const desk = useDesk();
  const confirm = useConfirm();
  const runMacro = useRunMacro();
  const { ids, end } = useSelection();
  const none = count === 0 || busy;

  async function resolve(): Promise<void> {
    const agreed = await confirm({
      title: t("resolveTitle", { count }),
      body: t("resolveBody"),
      confirmLabel: conversation("resolve"),
    });
    if (agreed) {
      await run(desk.resolve);
    }
  }

  return (
    <>
      <Button size="sm" variant="secondary" disabled={none} onClick={() => void resolve()}>
        <CircleCheck aria-hidden />
        {conversation("resolve")}
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={conversation("more")} size="sm" disabled={none}>
            <Ellipsis aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => void run((id) => desk.transfer(id, { to: { kind: "queue" } }))}>
            <ArrowLeftRight aria-hidden />
            {t("toQueue")}
          </DropdownMenuItem>
          <MacroItems onRun={(macro) => runMacro(macro, [...ids]).then(end)} />
          <DropdownMenuSeparator />
          {PRIORITIES.map((priority) => (
            <DropdownMenuItem key={priority} onSelect={() => void run((id) => desk.prioritise(id, priority))}>
              <Flag aria-hidden />
              {t("priority", { level: conversation(`priority${priority}`) })}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}

/** The macros as lines of the menu, asked for when it opens. */
function MacroItems({ onRun }: { onRun: (macro: Macro) => void }) {
  const t = useTranslations("desk.macros");
  const { macros } = useMacros(true);
  return macros.length === 0 ? null : (
    <DropdownMenuSub>
      <DropdownMenuSubTrigger>
        <WandSparkles aria-hidden />
        {t("title")}
      </DropdownMenuSubTrigger>
      <DropdownMenuSubContent className="max-h-72 overflow-y-auto">
        {macros.map((macro) => (
          <DropdownMenuItem key={macro.id} onSelect={() => onRun(macro)}>
            {macro.name}
          </DropdownMenuItem>
        ))}
      </DropdownMenuSubContent>
    </DropdownMenuSub>
  );
}

/** Stands under the list while conversations are being chosen. */
export function SelectionBar({ rows }: { rows: readonly ConversationSummary[] }) {
  const t = useTranslations("desk.bulk");
  const selection = useSelection();
  const bulk = useBulk();
  const count = selection.ids.size;
  useShortcut("Escape", t("end"), selection.end, { group: t("group"), enabled: selection.active });
  if (!selection.active) {
    return null;
  }
  const all = count > 0 && count >= rows.length;
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="flex shrink-0 items-center gap-2 border-t border-line bg-raised px-3 py-2"
    >
      <Checkbox
        aria-label={t("all")}
        checked={all ? true : count > 0 ? "indeterminate" : false}
        onCheckedChange={() => selection.choose(all ? [] : rows.map(({ id }) => id))}
      />
      <span role="status" className="min-w-0 flex-1 truncate text-sm text-ink-muted">
        {bulk.busy ? <Spinner silent className="mr-1 inline-block size-3.5" /> : null}
        {t("chosen", { count })}
      </span>
      <BulkActions count={count} {...bulk} />
      <IconButton label={t("end")} size="sm" onClick={selection.end}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
