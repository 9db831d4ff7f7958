"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { tryIntents } from "@/lib/bot/intent-contracts";
import { INTENT_FROM, type IntentGuess } from "@/lib/bot/intent-schema";
import { formatPercent } from "@/lib/i18n/format";

function Guesses({ guesses }: { guesses: readonly IntentGuess[] }) {
  const t = useTranslations("admin-bot.intentsView");
  const locale = useLocale();
  if (guesses.length === 0) {
    return <p className="text-ink-muted text-sm">{t("nothing")}</p>;
  }
  return (
    <ol className="flex flex-col gap-1">
      {guesses.map(({ name, intentId, confidence }, index) => (
        <li key={name} className="flex flex-wrap items-center gap-2">
          <span className="w-11 text-right tabular-nums">{formatPercent(confidence, locale)}</span>
          <span>{name}</span>
          {intentId === null ? <Badge tone="outline">{t("fromCategory")}</Badge> : null}
          {index === 0 ? (
            <Badge tone={confidence >= INTENT_FROM ? "success" : "warning"}>
              {t(confidence >= INTENT_FROM ? "sure" : "unsure")}
            </Badge>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

/** Says what a question would be taken to be about. */
export function IntentTrial() {
  const t = useTranslations("admin-bot.intentsView");
  const { call, explain } = useRequest();
  const [text, setText] = useState("");
  const [guesses, setGuesses] = useState<readonly IntentGuess[]>();
  const [pending, setPending] = useState(false);

  async function tryOut(): Promise<void> {
    if (text.trim() === "") {
      return;
    }
    setPending(true);
    try {
      setGuesses((await call(tryIntents, { body: { text } })).items);
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setPending(false);
    }
  }

  return (
    <Card className="flex flex-col gap-3 p-4">
      <form
        className="flex flex-col gap-2 sm:flex-row sm:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          void tryOut();
        }}
      >
        <Field label={t("try")} className="w-full sm:max-w-xl">
          {(control) => (
            <Input
              {...control}
              value={text}
              maxLength={1_000}
              placeholder={t("tryPlaceholder")}
              enterKeyHint="go"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" loading={pending}>
          {t("tryButton")}
        </Button>
      </form>
      <div aria-live="polite">{guesses ? <Guesses guesses={guesses} /> : null}</div>
    </Card>
  );
}
