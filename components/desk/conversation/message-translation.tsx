"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { assist } from "@/lib/bot/assist-contracts";
import type { Message } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";

/** As much as the server takes at once (lib/bot/assist-contracts.ts), in characters. */
const LONGEST = 5_000;

export interface WantedTranslation {
  /** undefined: nobody asked; null: on its way. */
  readonly text: string | null | undefined;
  readonly ask: () => void;
  readonly hide: () => void;
}

/** Has a model translate one message into the agent's language, for the agent alone. */
export function useWantedTranslation(message: Message): WantedTranslation {
  const { call } = useDesk();
  const locale = useLocale();
  const problemText = useProblemText();
  const [text, setText] = useState<string | null>();
  const { id: messageId, conversationId: id, parts } = message;
  const ask = useCallback(() => {
    const words = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
    const language = locale === "en" ? "en" : "zh-CN";
    setText(null);
    call(assist, { params: { id }, body: { task: "translate", text: words.slice(0, LONGEST), language } })
      .then((answer) => setText(answer.text))
      .catch((error: unknown) => {
        setText(undefined);
        toast.error(problemText(error), { id: `translate-${messageId}` });
      });
  }, [call, id, locale, messageId, parts, problemText]);
  return { text, ask, hide: () => setText(undefined) };
}

/** The translation under its message. */
export function TranslationBelow({ translation }: { translation: WantedTranslation }) {
  const t = useTranslations("desk.thread");
  const { text, hide } = translation;
  if (text === undefined) {
    return null;
  }
  return (
    <div role="status" className="max-w-full border-line-strong border-l-2 pl-2 text-sm text-ink-muted">
      <p className="flex items-center gap-1.5 text-2xs text-ink-subtle">
        <Languages aria-hidden className="size-3.5" />
        {t(text === null ? "translating" : "translationOf")}
        {text === null ? null : (
          <button type="button" onClick={hide} className="min-h-6 text-accent-ink hover:underline touch:min-h-11">
            {t("hideTranslation")}
          </button>
        )}
      </p>
      {text === null ? null : <p className="whitespace-pre-wrap break-words">{text}</p>}
    </div>
  );
}
