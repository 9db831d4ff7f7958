"use client";

import { Circle, CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import type { InstallState } from "@/lib/identity/install-contracts";
import { useDatabaseSteps } from "./use-database-steps";

const STEPS = ["tables", "queue"] as const;
type StepState = "done" | "now" | "failed" | "later";

/** The queue's tables come last: while they are made, ours are all there. */
function stateOfStep(step: (typeof STEPS)[number], steps: ReturnType<typeof useDatabaseSteps>): StepState {
  const { state, active, failure } = steps;
  if (state.stage === "ready") {
    return "done";
  }
  const current = state.done === state.total ? "queue" : "tables";
  if (step !== current) {
    return step === "tables" ? "done" : "later";
  }
  if (failure !== undefined) {
    return "failed";
  }
  return active ? "now" : "later";
}

function StepSign({ state }: { state: StepState }) {
  const t = useTranslations("install");
  if (state === "now") {
    return <Spinner silent className="mt-0.5 size-4.5 text-accent-ink" />;
  }
  const [Icon, tone] = {
    done: [CircleCheck, "text-success-ink"] as const,
    failed: [CircleX, "text-danger-ink"] as const,
    later: [Circle, "text-ink-subtle"] as const,
  }[state];
  return <Icon role="img" aria-label={t(`step.${state}`)} className={`mt-0.5 size-4.5 shrink-0 ${tone}`} />;
}

/** The tables: made already, or made here at a click, with how far it is and what went wrong. */
export function DatabaseSteps({ initial }: { initial: InstallState }) {
  const t = useTranslations("install");
  const steps = useDatabaseSteps(initial);
  const { state, active, failure, prepare } = steps;
  const ready = state.stage === "ready";
  return (
    <div className="flex flex-col gap-3">
      {ready ? null : <p className="text-ink-muted text-sm text-pretty">{t("databaseBody")}</p>}
      <ol className="flex flex-col gap-3 text-sm">
        {STEPS.map((step) => (
          <li key={step} className="flex items-start gap-2.5">
            <StepSign state={stateOfStep(step, steps)} />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{t(`steps.${step}`)}</p>
              {step === "tables" ? (
                <p className="text-ink-muted tabular-nums">
                  {t("tablesDone", { done: state.done, total: state.total })}
                </p>
              ) : null}
              {step === "tables" && active ? (
                <Progress className="mt-1.5" value={state.done / state.total} label={t("steps.tables")} />
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      <p aria-live="polite" className="text-danger-ink text-sm text-pretty empty:hidden">
        {failure}
      </p>
      {ready ? null : (
        <Button variant="primary" size="lg" block loading={active} onClick={() => void prepare()}>
          {t(failure === undefined ? "prepare" : "prepareAgain")}
        </Button>
      )}
    </div>
  );
}
