"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { VectorIndex, VectorSearch } from "@/lib/knowledge/embeddings/schema";
import { useVectorOutcome } from "./use-vector-outcome";

const MICROS = 1_000_000;

/** What searches use at this moment. */
function InUse({ current }: { current: VectorSearch }) {
  const t = useTranslations("admin-bot.vectors");
  const format = useFormatter();
  const outcome = useVectorOutcome();
  const { active, local } = current;
  const percent = (value: number) => format.number(value, { style: "percent" });
  if (!active) {
    return (
      <div>
        <h2 className="font-medium">{local ? t("usesLocal") : t("usesWords")}</h2>
        <p className="mt-0.5 text-ink-muted text-sm">{local ? t("usesLocalBody") : t("usesWordsBody")}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <h2 className="flex flex-wrap items-center gap-2 font-medium">
        <span className="break-all">{active.model}</span>
        <Badge tone="success">{t("inUse")}</Badge>
        {current.restSeconds > 0 ? (
          <Badge tone="warning">{t("resting", { seconds: current.restSeconds })}</Badge>
        ) : null}
      </h2>
      <p className="text-ink-muted text-sm">
        {t("activeBody", { count: active.done, dimension: format.number(active.dimension) })}
      </p>
      <p className="text-ink-muted text-sm">
        {t("understands", { zh: percent(active.understands.zh), en: percent(active.understands.en) })}
      </p>
      {active.refused > 0 ? <p className="text-ink-muted text-sm">{t("refused", { count: active.refused })}</p> : null}
      {active.reason ? (
        <p className="text-danger-ink text-sm">{t("lastFailure", { reason: outcome(active.reason, active.detail) })}</p>
      ) : null}
    </div>
  );
}

function Numbers({ usage }: Pick<VectorSearch, "usage">) {
  const t = useTranslations("admin-bot.provider");
  const own = useTranslations("admin-bot.vectors");
  const format = useFormatter();
  if (usage.calls === 0) {
    return null;
  }
  const cost = format.number(usage.costMicros / MICROS, {
    style: "currency",
    currency: usage.currency,
    maximumFractionDigits: 4,
  });
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-ink-muted text-sm">
      <span className="text-ink-subtle">{own("month")}</span>
      <span>{t("calls", { count: format.number(usage.calls) })}</span>
      {usage.failures > 0 ? (
        <span className="text-danger-ink">{t("failures", { count: format.number(usage.failures) })}</span>
      ) : null}
      {usage.averageMs === null ? null : <span>{t("average", { ms: format.number(usage.averageMs) })}</span>}
      <span>{t("tokens", { count: format.number(usage.tokens) })}</span>
      <span>{t("cost", { cost })}</span>
    </p>
  );
}

function useTimeLeft(): (seconds: number) => string {
  const t = useTranslations("admin-bot.vectors");
  return (seconds) =>
    seconds < 90 ? t("secondsLeft", { count: seconds }) : t("minutesLeft", { count: Math.ceil(seconds / 60) });
}

interface IndexingProps {
  /** Undefined: it was ordered and has not begun. */
  next: VectorIndex | undefined;
  busy: boolean;
  /** Undefined: may only look. */
  onControl: ((action: "cancel" | "resume") => void) | undefined;
}

/** How far the entries are with a new model. */
function Indexing({ next, busy, onControl }: IndexingProps) {
  const t = useTranslations("admin-bot.vectors");
  const format = useFormatter();
  const outcome = useVectorOutcome();
  const timeLeft = useTimeLeft();
  if (!next) {
    return <Progress label={t("waiting")} value={null} />;
  }
  const { state, done, total, rate, secondsLeft, refused, reason, detail } = next;
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken px-4 py-3">
      <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
        <span className="break-all">{next.model}</span>
        <Badge tone={state === "failed" ? "danger" : state === "building" ? "accent" : "neutral"}>
          {t(`state.${state}`)}
        </Badge>
      </p>
      <Progress label={t("state.building")} value={total > 0 ? done / total : null} />
      <p role="status" className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm tabular-nums">
        <span>{t("progress", { done: format.number(done), total: format.number(total) })}</span>
        {rate === null ? null : (
          <span className="text-ink-muted">
            {t("rate", { rate: format.number(rate, { maximumSignificantDigits: 2 }) })}
          </span>
        )}
        {secondsLeft === null ? null : <span className="text-ink-muted">{timeLeft(secondsLeft)}</span>}
        {refused > 0 ? <span className="text-ink-muted">{t("refused", { count: refused })}</span> : null}
      </p>
      {reason ? (
        <p className="text-danger-ink text-sm">
          {t(state === "building" ? "triesAgain" : "failedBecause", { reason: outcome(reason, detail) })}
        </p>
      ) : null}
      <p className="text-ink-muted text-sm">{t("meanwhile")}</p>
      {onControl ? (
        <Button
          size="sm"
          className="self-start"
          loading={busy}
          onClick={() => onControl(state === "building" ? "cancel" : "resume")}
        >
          {state === "building" ? t("cancel") : t("resume")}
        </Button>
      ) : null}
    </div>
  );
}

export interface VectorStatusProps {
  current: VectorSearch;
  indexing: boolean;
  busy: boolean;
  onControl: ((action: "cancel" | "resume") => void) | undefined;
}

/** What searches use, what is under way, and what it came to. */
export function VectorStatus({ current, indexing, busy, onControl }: VectorStatusProps) {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <InUse current={current} />
      {current.next || indexing ? (
        <Indexing next={current.next ?? undefined} busy={busy} onControl={onControl} />
      ) : null}
      <Numbers usage={current.usage} />
    </Card>
  );
}
