"use client";

import { ArrowLeft, Download } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { useConfirm } from "@/components/ui/confirm";
import { Progress } from "@/components/ui/progress";
import { SegmentedControl } from "@/components/ui/segmented-control";
import {
  type DuplicateChoice,
  duplicateChoice,
  itemPlan,
  type KnowledgeImport,
  OUTCOMES,
} from "@/lib/knowledge/imports/schema";
import { ImportBadge } from "./import-badge";
import { ImportItems } from "./import-items";
import { useImport } from "./use-import";

function Counts({ entries }: { entries: readonly (readonly [label: string, count: number])[] }) {
  return (
    <dl className="grid grid-cols-2 gap-2 md:grid-cols-4 lg:grid-cols-7">
      {entries.map(([label, count]) => (
        <div key={label} className="flex flex-col rounded-md bg-sunken px-3 py-2">
          <dt className="text-ink-muted text-xs">{label}</dt>
          <dd className="font-semibold text-lg tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  );
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function Running({ current }: { current: KnowledgeImport }) {
  const t = useTranslations("admin-knowledge.imports");
  const [done, total] = [sum(current.outcomes), sum(current.plans)];
  const writing = current.status === "importing" || current.status === "queued";
  const words = writing ? t("writtenSoFar", { done, total }) : t("readSoFar", { count: current.read });
  const waits = current.status === "waiting" || current.status === "queued";
  return (
    <div className="flex flex-col gap-2">
      <Progress label={t(`status_${current.status}`)} value={writing && total > 0 ? done / total : null} />
      <p role="status" className="text-sm tabular-nums">
        {words}
      </p>
      <p className="text-ink-muted text-sm">{t(waits ? "waitingHint" : "runningHint")}</p>
    </div>
  );
}

function Duplicates({
  count,
  value,
  onChange,
}: {
  count: number;
  value: DuplicateChoice;
  onChange: (choice: DuplicateChoice) => void;
}) {
  const t = useTranslations("admin-knowledge.imports");
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken px-4 py-3">
      <p className="font-medium text-sm">{t("duplicates", { count })}</p>
      <p className="text-ink-muted text-sm">{t("duplicatesBody")}</p>
      <SegmentedControl<DuplicateChoice>
        label={t("choice")}
        className="flex-wrap self-start bg-surface"
        value={value}
        onValueChange={onChange}
        segments={duplicateChoice.options.map((choice) => ({ value: choice, label: t(`choice_${choice}`) }))}
      />
    </div>
  );
}

/** How many entries a yes would write. */
function writesOf({ plans, choices }: KnowledgeImport, duplicates: DuplicateChoice): number {
  const chosen = sum(choices);
  const rest = duplicates === "skip" ? 0 : (plans.duplicate ?? 0) - chosen;
  return (
    (plans.create ?? 0) +
    (plans.update ?? 0) +
    (plans.archive ?? 0) +
    rest +
    (choices.merge ?? 0) +
    (choices.import ?? 0)
  );
}

type State = ReturnType<typeof useImport>;

function Actions({ state, duplicates }: { state: State; duplicates: DuplicateChoice }) {
  const t = useTranslations("admin-knowledge.imports");
  const confirm = useConfirm();
  const { current, active, busy } = state;
  const count = writesOf(current, duplicates);

  async function cancel(): Promise<void> {
    const agreed = await confirm({
      title: t("cancelTitle"),
      body: t("cancelBody"),
      confirmLabel: t("cancel"),
      cancelLabel: t("cancelKeep"),
      danger: true,
    });
    if (agreed) {
      await state.cancel();
    }
  }

  return (
    <div className="flex flex-wrap gap-2">
      {current.status === "ready" ? (
        <Button variant="primary" loading={busy} disabled={count === 0} onClick={() => void state.confirm(duplicates)}>
          {count > 0 ? t("confirm", { count }) : t("nothing")}
        </Button>
      ) : null}
      {active || current.status === "ready" ? (
        <Button disabled={busy} onClick={() => void cancel()}>
          {t("cancel")}
        </Button>
      ) : (
        <Button asChild>
          <Link href="/admin/knowledge/import">{t("again")}</Link>
        </Button>
      )}
      {current.status === "done" ? (
        <Button asChild>
          <Link href="/admin/knowledge">{t("viewEntries")}</Link>
        </Button>
      ) : null}
      {(current.plans.refused ?? 0) > 0 ? (
        <Button asChild>
          <a href={`/api/v1/knowledge/imports/report?id=${current.id}&format=csv`} download>
            <Download aria-hidden />
            {t("report")}
          </a>
        </Button>
      ) : null}
    </div>
  );
}

function Summary({ current }: { current: KnowledgeImport }) {
  const t = useTranslations("admin-knowledge.imports");
  const over = current.finishedAt !== null;
  return (
    <>
      {current.problem ? (
        <p role="alert" className="text-danger-ink">
          {current.problem}
        </p>
      ) : null}
      {current.status === "cancelled" ? (
        <p>
          {t("cancelledDone", {
            count: (["created", "updated", "merged", "archived"] as const).reduce(
              (total, outcome) => total + (current.outcomes[outcome] ?? 0),
              0,
            ),
          })}
        </p>
      ) : null}
      {current.status === "ready" ? (
        <Counts entries={itemPlan.options.map((plan) => [t(`plan_${plan}`), current.plans[plan] ?? 0])} />
      ) : null}
      {over && current.status !== "failed" ? (
        <Counts entries={OUTCOMES.map((outcome) => [t(`outcome_${outcome}`), current.outcomes[outcome] ?? 0])} />
      ) : null}
    </>
  );
}

/** One import from being read to its result. What it shows is the server's: loading the page anew changes nothing. */
export function ImportView({ initial }: { initial: KnowledgeImport }) {
  const t = useTranslations("admin-knowledge.imports");
  const state = useImport(initial);
  const [duplicates, setDuplicates] = useState<DuplicateChoice>("skip");
  const { current, active } = state;
  const unchosen = (current.plans.duplicate ?? 0) - sum(current.choices);
  return (
    <div className="flex flex-col gap-5">
      <Link
        href="/admin/knowledge/import"
        className="flex items-center gap-1 self-start text-ink-muted text-sm hover:underline"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("back")}
      </Link>
      <Card>
        <CardBody className="flex flex-col gap-4 pt-4">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="min-w-0 break-all font-semibold text-base">{current.name}</h2>
            <ImportBadge status={current.status} />
          </div>
          {active ? <Running current={current} /> : <Summary current={current} />}
          {current.status === "ready" && unchosen > 0 ? (
            <Duplicates count={unchosen} value={duplicates} onChange={setDuplicates} />
          ) : null}
          {current.status === "ready" && (current.plans.archive ?? 0) > 0 ? (
            <p className="text-ink-muted text-sm">{t("archiveNote", { count: current.plans.archive ?? 0 })}</p>
          ) : null}
          <Actions state={state} duplicates={duplicates} />
        </CardBody>
      </Card>
      {sum(current.plans) > 0 && !active ? (
        <ImportItems current={current} onChosen={() => void state.refresh()} />
      ) : null}
    </div>
  );
}
