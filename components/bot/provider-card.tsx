"use client";

import { ArrowDown, ArrowUp, FlaskConical, Pencil, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Switch } from "@/components/ui/switch";
import type { Provider, ProviderTrial } from "@/lib/bot/provider-schema";
import { TrialResult } from "./trial-result";
import { useOutcomeName } from "./use-outcome-name";

const MICROS = 1_000_000;

function Numbers({ provider }: { provider: Provider }) {
  const t = useTranslations("admin-bot.provider");
  const format = useFormatter();
  const outcomeName = useOutcomeName();
  const { numbers, options } = provider;
  if (numbers.calls === 0) {
    return <p className="text-ink-subtle text-sm">{t("noCalls")}</p>;
  }
  const cost = format.number(numbers.costMicros / MICROS, {
    style: "currency",
    currency: options.currency,
    maximumFractionDigits: 4,
  });
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-ink-muted text-sm">
      <span className="text-ink-subtle">{t("week")}</span>
      <span>{t("calls", { count: format.number(numbers.calls) })}</span>
      {numbers.failures > 0 ? (
        <span className="text-danger-ink">{t("failures", { count: format.number(numbers.failures) })}</span>
      ) : null}
      {numbers.averageMs === null ? null : <span>{t("average", { ms: format.number(numbers.averageMs) })}</span>}
      <span>{t("tokens", { count: format.number(numbers.inputTokens + numbers.outputTokens) })}</span>
      <span>{t("cost", { cost })}</span>
      {numbers.lastOutcome ? <span>{t("last", { outcome: outcomeName(numbers.lastOutcome) })}</span> : null}
    </p>
  );
}

function Trial({ trial }: { trial: ProviderTrial }) {
  const t = useTranslations("admin-bot.provider");
  const outcomeName = useOutcomeName();
  const worked = trial.outcome === "ok";
  return (
    <TrialResult worked={worked}>
      <p>
        {worked
          ? t("testOk", { first: trial.firstMs ?? 0, total: trial.totalMs })
          : t("testFailed", { reason: outcomeName(trial.outcome) })}
      </p>
      {trial.text || trial.detail ? (
        <p className="opacity-90">{t("testSaid", { text: trial.text || trial.detail })}</p>
      ) : null}
    </TrialResult>
  );
}

export interface ProviderCardProps {
  provider: Provider;
  place: number;
  last: boolean;
  busy: boolean;
  trial: ProviderTrial | undefined;
  /** Without it the card only shows. */
  actions:
    | {
        readonly move: (by: -1 | 1) => void;
        readonly toggle: (enabled: boolean) => void;
        readonly test: () => void;
        readonly edit: () => void;
        readonly remove: () => void;
      }
    | undefined;
}

function CardActions({ provider, place, last, busy, actions }: ProviderCardProps) {
  const t = useTranslations("admin-bot.provider");
  const { name } = provider;
  if (!actions) {
    return null;
  }
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Switch
        aria-label={t("enable", { name })}
        checked={provider.enabled}
        disabled={busy}
        onCheckedChange={actions.toggle}
        className="mr-2"
      />
      <Button size="sm" loading={busy} onClick={actions.test}>
        <FlaskConical aria-hidden />
        {t("test")}
      </Button>
      <IconButton label={t("up", { name })} disabled={busy || place === 1} onClick={() => actions.move(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton label={t("down", { name })} disabled={busy || last} onClick={() => actions.move(1)}>
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={t("editOne", { name })} onClick={actions.edit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton label={t("deleteOne", { name })} onClick={actions.remove}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}

/** One service in its place of the chain. */
export function ProviderCard(props: ProviderCardProps) {
  const { provider, place, trial } = props;
  const t = useTranslations("admin-bot.provider");
  const { restSeconds } = provider.numbers;
  return (
    <Card className={cn("flex flex-col gap-3 p-4", provider.enabled || "opacity-80")}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-2 font-medium">
            {provider.name}
            <Badge tone="outline">{t(`kindOf.${provider.kind}`)}</Badge>
            {provider.enabled ? <Badge>{t("position", { number: place })}</Badge> : <Badge>{t("off")}</Badge>}
            {provider.enabled && restSeconds > 0 ? (
              <Badge tone="warning">{t("resting", { seconds: restSeconds })}</Badge>
            ) : null}
          </h2>
          <p className="mt-0.5 break-all text-ink-muted text-sm">
            {[provider.model, provider.baseUrl].filter(Boolean).join(" · ")}
          </p>
        </div>
        <CardActions {...props} />
      </div>
      <Numbers provider={provider} />
      <div aria-live="polite">{trial ? <Trial trial={trial} /> : null}</div>
    </Card>
  );
}
