"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { BotTrace } from "@/lib/bot/trace-schema";
import { formatPercent } from "@/lib/i18n/format";
import { useOutcomeName } from "./use-outcome-name";

/** A word by its key, or the key itself when a newer server knows more words. */
function useWord() {
  const t = useTranslations("admin-bot.playgroundView");
  return (group: "reasonOf" | "signalOf" | "violationOf" | "sparedOf" | "kindOf", key: string): string => {
    const path = `${group}.${key}` as "kindOf.answer";
    return t.has(path) ? t(path) : key;
  };
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[7rem_1fr]">
      <dt className="text-ink-subtle">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Found({ trace }: { trace: BotTrace }) {
  const t = useTranslations("admin-bot.playgroundView");
  const locale = useLocale();
  if (trace.found.length === 0) {
    return t("foundNone");
  }
  return (
    <ol className="flex flex-col gap-1">
      {trace.found.map((hit) => (
        <li key={hit.entryId} className="flex flex-wrap items-baseline gap-x-2">
          <span className="w-11 shrink-0 text-right tabular-nums">{formatPercent(hit.confidence, locale)}</span>
          <a href={`/admin/knowledge/${hit.entryId}`} className="underline underline-offset-2">
            {hit.question}
          </a>
          {hit.words.length > 0 ? <span className="text-ink-subtle">{hit.words.join(" · ")}</span> : null}
        </li>
      ))}
    </ol>
  );
}

function Models({ trace }: { trace: BotTrace }) {
  const t = useTranslations("admin-bot.playgroundView");
  const word = useWord();
  const outcomeName = useOutcomeName();
  return (
    <>
      {trace.attempts.length > 0 ? (
        <Line name={t("attempts")}>
          {trace.attempts.map((attempt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and one provider may stand in it twice
            <span key={index} className="block">
              {t("attempt", {
                provider: attempt.provider,
                outcome: outcomeName(attempt.outcome),
                ms: attempt.totalMs,
                tokens: attempt.inputTokens + attempt.outputTokens,
              })}
            </span>
          ))}
        </Line>
      ) : null}
      {trace.violation ? <Line name={t("violation")}>{word("violationOf", trace.violation)}</Line> : null}
      {trace.spared ? <Line name={t("spared")}>{word("sparedOf", trace.spared)}</Line> : null}
    </>
  );
}

/** Why a turn was answered as it was, line by line. */
export function TraceView({ trace }: { trace: BotTrace }) {
  const t = useTranslations("admin-bot.playgroundView");
  const locale = useLocale();
  const word = useWord();
  return (
    <dl className="flex flex-col gap-1.5 text-sm">
      <Line name={t("reason")}>
        {word("kindOf", trace.decision)} · {word("reasonOf", trace.reason)}
      </Line>
      {trace.resolved ? (
        <Line name={t("resolved")}>
          {trace.resolved.text} <span className="text-ink-subtle">({t(`resolvedBy.${trace.resolved.by}`)})</span>
        </Line>
      ) : null}
      <Line name={t("signals")}>
        {trace.signals.length === 0 ? t("none") : trace.signals.map((signal) => word("signalOf", signal)).join(" · ")}
      </Line>
      {trace.intent ? (
        <Line name={t("intent")}>
          {t("intentOf", {
            name: trace.intent.name,
            percent: formatPercent(trace.intent.confidence, locale),
            by: t(`intentBy.${trace.intent.by}`),
          })}
        </Line>
      ) : null}
      <Line name={t("found")}>
        <Found trace={trace} />
      </Line>
      <Models trace={trace} />
      {trace.review ? <Line name={t("review")}>{trace.review}</Line> : null}
      <Line name={t("time")}>
        {t("timeOf", { search: trace.searchMs, model: trace.modelMs, total: trace.totalMs })}
      </Line>
    </dl>
  );
}
