"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { Button } from "@/components/ui/button";
import type { NextStep } from "@/lib/bot/assist-contracts";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { useDesk } from "../desk-provider";
import type { Desk } from "../store/desk";

function take(desk: Desk, conversationId: string, step: NextStep, note: string): Promise<void> {
  switch (step.kind) {
    case "transfer": {
      const { id, to } = step;
      const target =
        to === "team" ? ({ kind: "team", teamId: id } as const) : ({ kind: "agent", agentId: id } as const);
      return desk.transfer(conversationId, { to: target, note });
    }
    case "follow_up":
      return desk.snooze(conversationId, step.until);
    case "resolve":
      return desk.resolve(conversationId);
    default:
      return Promise.resolve();
  }
}

export interface NextStepButtonProps {
  conversationId: string;
  step: NextStep;
  /** Why; goes along as the note of a transfer. */
  reason: string;
  /** Words for the reply field. */
  onUse: (text: string) => void;
  onDone: () => void;
}

/** The step that a model named, and the one click that does it. */
export function NextStepButton({ conversationId, step, reason, onUse, onDone }: NextStepButtonProps) {
  const t = useTranslations("desk.assist");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const desk = useDesk();
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const words = step.kind === "answer" || step.kind === "ask_order" ? step.text : undefined;
  const values = {
    name: step.kind === "transfer" ? step.name : "",
    time: step.kind === "follow_up" ? formatDate(step.until, "dayTime", locale, timeZone) : "",
  };

  async function act(): Promise<void> {
    if (words !== undefined) {
      onUse(words);
      return;
    }
    setBusy(true);
    try {
      await take(desk, conversationId, step, reason);
      toast.success(t("done"));
      onDone();
    } catch (error) {
      toast.error(problemText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p className="pt-1 font-medium">{t(`step.${step.kind}`, values)}</p>
      {words === undefined ? null : (
        <p className="max-h-24 overflow-y-auto whitespace-pre-wrap break-words text-ink-muted">{words}</p>
      )}
      <Button size="sm" variant="primary" loading={busy} onClick={() => void act()} className="mt-2">
        {t(`doNext.${step.kind}`)}
      </Button>
    </>
  );
}
