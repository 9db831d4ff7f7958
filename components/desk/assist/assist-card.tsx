"use client";

import { Sparkles, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { NextStepButton } from "./next-step-button";
import type { AssistResult } from "./use-assist";

export interface AssistCardProps {
  conversationId: string;
  result: AssistResult;
  /** Puts it in place of what was written. */
  onUse: (text: string) => void;
  onNote: (text: string) => void;
  onDismiss: () => void;
}

/** What a model gave, to be read before anything is done with it. */
export function AssistCard({ conversationId, result, onUse, onNote, onDismiss }: AssistCardProps) {
  const t = useTranslations("desk.assist");
  const { text, sources, task, step } = result;
  return (
    <section
      aria-label={t(task === "translate" ? "translation" : task)}
      aria-live="polite"
      className="mb-2 rounded-md border border-line bg-accent-soft px-3 py-2 text-sm"
    >
      <div className="flex items-center gap-2 text-xs font-medium text-accent-ink">
        <Sparkles aria-hidden className="size-3.5" />
        <span className="min-w-0 flex-1">{t(task === "translate" ? "translation" : task)}</span>
        <IconButton label={t("dismiss")} size="sm" onClick={onDismiss}>
          <X aria-hidden />
        </IconButton>
      </div>
      <p className="max-h-40 overflow-y-auto whitespace-pre-wrap break-words">{text}</p>
      {sources.length > 0 ? (
        <p className="pt-1 text-xs text-ink-muted">
          {t("sources", { titles: sources.map(({ title }) => title).join(" · ") })}
        </p>
      ) : null}
      {step ? (
        <NextStepButton conversationId={conversationId} step={step} reason={text} onUse={onUse} onDone={onDismiss} />
      ) : (
        <ResultButtons result={result} onUse={onUse} onNote={onNote} />
      )}
    </section>
  );
}

function ResultButtons({ result, onUse, onNote }: Pick<AssistCardProps, "result" | "onUse" | "onNote">) {
  const t = useTranslations("desk.assist");
  const { text, task } = result;
  return (
    <div className="flex flex-wrap gap-1 pt-2">
      {task === "summarise" ? (
        <Button size="sm" variant="primary" onClick={() => onNote(text)}>
          {t("asNote")}
        </Button>
      ) : (
        <Button size="sm" variant="primary" onClick={() => onUse(text)}>
          {t("use")}
        </Button>
      )}
      <CopyButton value={text} size="sm">
        {t("copy")}
      </CopyButton>
    </div>
  );
}
