"use client";

import { History } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { conversationAddress } from "@/components/analytics/conversation-address";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { listRuleRuns } from "@/lib/automations/contracts";
import type { RuleRun, RuleStep } from "@/lib/automations/schema";
import { ACTION_WORDS, EVENT_WORDS, OUTCOME_TONES, OUTCOME_WORDS } from "./rule-words";

export interface RunPage {
  readonly items: readonly RuleRun[];
  readonly nextCursor: string | null;
}

function Steps({ steps }: { steps: readonly RuleStep[] }) {
  const t = useTranslations("admin-rules");
  return (
    <span className="flex flex-wrap gap-1">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are what happened, in order; they never move
        <Badge key={index} tone={step.ok ? "neutral" : "warning"}>
          {step.ok ? t(ACTION_WORDS[step.type]) : t("stepFailed", { action: t(ACTION_WORDS[step.type]) })}
        </Badge>
      ))}
    </span>
  );
}

function useColumns(): Column<RuleRun>[] {
  const t = useTranslations("admin-rules");
  return [
    { id: "rule", header: t("rule"), className: "min-w-32 font-medium", cell: (run) => run.ruleName },
    {
      id: "customer",
      header: t("customer"),
      cell: (run) => (
        <Link href={conversationAddress(run.conversationId)} className="underline underline-offset-2">
          {run.customerName ?? t("anonymous")}
        </Link>
      ),
    },
    { id: "event", header: t("event"), hideBelow: "lg", cell: (run) => t(EVENT_WORDS[run.event]) },
    {
      id: "outcome",
      header: t("outcome"),
      cell: (run) => (
        <Badge dot tone={OUTCOME_TONES[run.outcome]}>
          {t(OUTCOME_WORDS[run.outcome])}
        </Badge>
      ),
    },
    { id: "steps", header: t("action"), hideBelow: "md", cell: (run) => <Steps steps={run.steps} /> },
    { id: "at", header: t("at"), align: "end", cell: (run) => <RelativeTime date={run.createdAt} /> },
  ];
}

/** What rules did, newest first. */
export function RunTable({ first }: { first: RunPage }) {
  const t = useTranslations("admin-rules");
  const columns = useColumns();
  const { call, explain } = useRequest();
  const [older, setOlder] = useState<RunPage>();
  const [loading, setLoading] = useState(false);
  const next = older ? older.nextCursor : first.nextCursor;

  async function loadOlder(cursor: string): Promise<void> {
    setLoading(true);
    try {
      const page = await call(listRuleRuns, { query: { cursor } });
      setOlder({ items: [...(older?.items ?? []), ...page.items], nextCursor: page.nextCursor });
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setLoading(false);
    }
  }

  return (
    <DataTable
      label={t("runs")}
      columns={columns}
      rows={[...first.items, ...(older?.items ?? [])]}
      rowKey={(run) => run.id}
      empty={<EmptyState icon={<History aria-hidden />} title={t("noRuns")} body={t("noRunsBody")} />}
      footer={
        next === null ? undefined : (
          <div className="flex justify-center border-line border-t p-2">
            <Button variant="ghost" size="sm" loading={loading} onClick={() => void loadOlder(next)}>
              {t("older")}
            </Button>
          </div>
        )
      }
    />
  );
}
