"use client";

import { FlaskConical, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { saveEmbedder, testEmbedder } from "@/lib/knowledge/embeddings/contracts";
import type { EmbedderTrial, VectorSearch } from "@/lib/knowledge/embeddings/schema";
import { bodyOfDraft, draftOfEmbedder } from "./embedder-draft";
import { EmbedderFields } from "./embedder-fields";
import { TrialResult } from "./trial-result";
import { useVectorOutcome } from "./use-vector-outcome";

const MICROS = 1_000_000;

function Trial({ trial, currency }: { trial: EmbedderTrial; currency: string }) {
  const t = useTranslations("admin-bot.vectors");
  const format = useFormatter();
  const outcome = useVectorOutcome();
  const worked = trial.outcome === "ok";
  const percent = (value: number) => format.number(value, { style: "percent" });
  const cost = format.number(trial.costMicros / MICROS, { style: "currency", currency, maximumFractionDigits: 6 });
  return (
    <TrialResult worked={worked}>
      <p>
        {worked
          ? t("trialOk", { dimension: format.number(trial.dimension ?? 0), ms: format.number(trial.ms), cost })
          : t("trialFailed", { reason: outcome(trial.outcome, trial.detail) })}
      </p>
      {trial.understands ? (
        <p>{t("understands", { zh: percent(trial.understands.zh), en: percent(trial.understands.en) })}</p>
      ) : null}
      {trial.slow ? <p>{t("slow")}</p> : null}
    </TrialResult>
  );
}

interface EmbedderFormProps {
  current: VectorSearch;
  onSaved: (now: VectorSearch) => void;
  onRemove: () => void;
}

function useEmbedderForm({ current, onSaved }: EmbedderFormProps) {
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [draft, setDraft] = useState(() => draftOfEmbedder(current.own));
  const [trial, setTrial] = useState<EmbedderTrial>();
  const [busy, setBusy] = useState<"test" | "save">();

  async function send(what: "test" | "save"): Promise<void> {
    const body = problems.check(testEmbedder.body, bodyOfDraft(draft));
    if (!body) {
      return;
    }
    setBusy(what);
    try {
      if (what === "test") {
        setTrial(await call(testEmbedder, { body }));
        return;
      }
      const now = await call(saveEmbedder, { body: { ...body, version: current.own?.version ?? 0 } });
      setDraft(draftOfEmbedder(now.own));
      onSaved(now);
      toast.success(common("saved"));
    } catch (error) {
      toast.error(problems.report(error));
    } finally {
      setBusy(undefined);
    }
  }

  return { draft, setDraft, trial, busy, send, problem: problems.text };
}

/** The form of the service, which may be tried before it is saved. */
export function EmbedderForm(props: EmbedderFormProps) {
  const t = useTranslations("admin-bot.vectors");
  const common = useTranslations("common");
  const { current, onRemove } = props;
  const { draft, setDraft, trial, busy, send, problem } = useEmbedderForm(props);
  return (
    <Card>
      <form
        noValidate
        autoComplete="off"
        className="flex flex-col gap-4 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send("save");
        }}
      >
        <h2 className="font-medium">{t("service")}</h2>
        {current.inherited && !current.own ? (
          <p className="text-ink-muted text-sm">{t("inherits", { model: current.inherited.model })}</p>
        ) : null}
        <EmbedderFields draft={draft} hasKey={current.own?.hasKey ?? false} problem={problem} onChange={setDraft} />
        <div aria-live="polite">{trial ? <Trial trial={trial} currency={draft.currency} /> : null}</div>
        <div className="flex flex-wrap gap-2">
          <Button loading={busy === "test"} disabled={busy !== undefined} onClick={() => void send("test")}>
            <FlaskConical aria-hidden />
            {t("test")}
          </Button>
          <Button type="submit" variant="primary" loading={busy === "save"} disabled={busy !== undefined}>
            {common("save")}
          </Button>
          {current.own ? (
            <Button variant="ghost" className="ml-auto" onClick={onRemove}>
              <Trash2 aria-hidden />
              {t("remove")}
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
