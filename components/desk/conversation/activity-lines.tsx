"use client";

import { Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeskState } from "../desk-provider";
import { bubbleClasses } from "./message-group";
import { AnswerText } from "./message-text";

/** Who is writing right now. Its space is always held, so that nothing moves when it comes and goes. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const t = useTranslations("desk.thread");
  const visitor = useDeskState((state) => state.visitorTyping.has(conversationId));
  const colleague = useDeskState((state) => state.colleagueTyping.get(conversationId));
  return (
    <p aria-live="polite" className="flex h-5 items-center gap-1.5 px-4 text-xs text-ink-muted">
      {visitor || colleague !== undefined ? (
        <span aria-hidden className="size-1.5 animate-breathe rounded-full bg-accent" />
      ) : null}
      {visitor ? t("visitorTyping") : colleague === undefined ? "" : t("colleagueTyping", { name: colleague })}
    </p>
  );
}

/** A bot's answer while it comes in. */
export function WritingAnswer({ conversationId }: { conversationId: string }) {
  const t = useTranslations("desk.thread");
  const answer = useDeskState((state) => state.answers.get(conversationId));
  return answer === undefined ? null : (
    <div className="my-2 flex flex-row-reverse gap-2">
      <span
        aria-hidden
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-sm bg-sunken text-ink-muted"
      >
        <Bot className="size-4.5" />
      </span>
      <div className="flex min-w-0 max-w-[78%] flex-col items-end gap-1">
        <p className="text-xs text-ink-subtle">{t("botWriting")}</p>
        <div className={`rounded-md px-3 py-1.5 ${bubbleClasses.bot}`}>
          <AnswerText text={answer.pieces.join("")} />
        </div>
      </div>
    </div>
  );
}

/** What the customer is writing and has not sent; it goes when they send it, or think better of it. */
export function CustomerWriting({ conversationId }: { conversationId: string }) {
  const t = useTranslations("desk.thread");
  const text = useDeskState((state) => state.visitorWriting.get(conversationId));
  return text === undefined ? null : (
    <div className="my-2 flex flex-col items-start gap-1 pl-10">
      <p className="text-xs text-ink-subtle">{t("visitorWriting")}</p>
      <p className="max-w-[78%] whitespace-pre-wrap break-words rounded-md border border-line-strong border-dashed px-3 py-1.5 text-ink-muted">
        {text}
      </p>
    </div>
  );
}
