"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import type { BotRun, CaseChange, CaseResult, RunSummary } from "@/lib/bot/case-schema";
import { plainText } from "@/lib/core/light-markup";

const TONES = { broke: "danger", mended: "success", differs: "warning", edited: "outline", new: "outline" } as const;

const asked = (says: readonly string[]): string => says.join(" → ");

function Change({ change }: { change: CaseChange }) {
  const t = useTranslations("admin-bot.casesView");
  return (
    <li className="flex flex-col gap-0.5">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={TONES[change.change]}>{t(`changeOf.${change.change}`)}</Badge>
        <span className="min-w-0 break-words font-medium">{asked(change.says)}</span>
      </p>
      {change.before ? (
        <p className="line-clamp-2 text-ink-subtle text-sm">{t("was", { text: plainText(change.before.text) })}</p>
      ) : null}
      <p className="line-clamp-2 text-ink-muted text-sm">{t("now", { text: plainText(change.after.text) })}</p>
    </li>
  );
}

function Changes({ changes }: { changes: readonly CaseChange[] }) {
  const t = useTranslations("admin-bot.casesView");
  return (
    <div>
      <h3 className="mb-1.5 text-ink-muted text-sm">{t("changes")}</h3>
      {changes.length === 0 ? (
        <p className="text-sm">{t("noChanges")}</p>
      ) : (
        <ul className="flex flex-col gap-2.5">
          {changes.map((change) => (
            <Change key={change.caseId} change={change} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Failure({ result }: { result: CaseResult }) {
  const t = useTranslations("admin-bot.casesView");
  const kinds = useTranslations("admin-bot.playgroundView.kindOf");
  const kind = kinds.has(result.kind as "answer") ? kinds(result.kind as "answer") : result.kind;
  return (
    <li>
      <p className="break-words font-medium">{asked(result.says)}</p>
      <p className="line-clamp-2 text-ink-muted text-sm">
        {t("got", { kind })} {plainText(result.text)}
      </p>
    </li>
  );
}

/** Which of the last checks is shown. */
function RunChoice({ run, runs }: { run: BotRun; runs: readonly RunSummary[] }) {
  const t = useTranslations("admin-bot.casesView");
  const format = useFormatter();
  const router = useRouter();
  const said = ({ id, createdAt, passed, total }: RunSummary) => ({
    value: id,
    label: t("historyLine", {
      at: format.dateTime(new Date(createdAt), { dateStyle: "short", timeStyle: "short" }),
      passed,
      total,
    }),
  });
  return (
    <Select
      aria-label={t("history")}
      className="w-auto min-w-48 sm:ml-auto"
      value={run.id}
      onValueChange={(id) => router.push(`/admin/bot/cases?run=${id}`, { scroll: false })}
      options={(runs.some(({ id }) => id === run.id) ? runs : [run, ...runs]).map(said)}
    />
  );
}

/** A check: how many passed, what is different from the one before, what failed. */
export function RunCard({ run, runs }: { run: BotRun | undefined; runs: readonly RunSummary[] }) {
  const t = useTranslations("admin-bot.casesView");
  if (!run) {
    return <p className="text-ink-muted text-sm">{t("neverRun")}</p>;
  }
  const allPassed = run.passed === run.total;
  const isFirst = runs.length === 1 && runs[0]?.id === run.id;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-medium">{t(run.id === (runs[0]?.id ?? run.id) ? "lastRun" : "earlierRun")}</h2>
        <Badge tone={allPassed ? "success" : "danger"}>
          {allPassed ? t("allPassed") : t("result", { passed: run.passed, total: run.total })}
        </Badge>
        <span className="text-ink-muted text-sm">
          {t(`cause.${run.cause}`)} · <RelativeTime date={run.createdAt} /> · {t("took", { ms: run.ms })}
        </span>
        {runs.length > 1 ? <RunChoice run={run} runs={runs} /> : null}
      </div>
      {isFirst ? null : <Changes changes={run.changes} />}
      {run.failed.length > 0 ? (
        <div>
          <h3 className="mb-1.5 text-ink-muted text-sm">{t("failed")}</h3>
          <ul className="flex flex-col gap-2.5">
            {run.failed.map((result) => (
              <Failure key={result.caseId} result={result} />
            ))}
          </ul>
        </div>
      ) : null}
    </Card>
  );
}
