"use client";

import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { dismissGap, type Gap } from "@/lib/knowledge/gap-contracts";
import { newEntryAddress } from "./new-entry-address";

/** Wordings that are shown before the rest is folded away. */
const SHOWN = 2;

function Question({ gap }: { gap: Gap }) {
  const t = useTranslations("admin-knowledge.gapsView");
  const { question, examples, entryId } = gap;
  const more = examples.slice(SHOWN);
  return (
    <span className="flex flex-col gap-0.5 py-0.5 wrap-anywhere">
      <span className="flex flex-wrap items-center gap-2">
        {question}
        {entryId === null ? null : <Badge tone="info">{t("begun")}</Badge>}
      </span>
      {examples.length > 0 ? (
        <span className="text-ink-muted text-sm">
          {t("alsoAsked", { questions: examples.slice(0, SHOWN).join(t("separator")) })}
        </span>
      ) : null}
      {more.length > 0 ? (
        <details className="text-ink-muted text-sm">
          <summary className="cursor-pointer rounded-xs hover:text-ink touch:py-2">
            {t("moreWordings", { count: more.length })}
          </summary>
          <ul className="list-disc pl-5">
            {more.map((wording) => (
              <li key={wording}>{wording}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </span>
  );
}

/** Questions without an answer: one click opens the editor with the question filled in. */
export function GapList({ gaps }: { gaps: readonly Gap[] }) {
  const t = useTranslations("admin-knowledge.gapsView");
  const common = useTranslations("common");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());

  async function dismiss(gap: Gap): Promise<void> {
    setGone((before) => new Set(before).add(gap.id));
    try {
      await call(dismissGap, { params: { id: gap.id } });
      toast.success(t("dismissed", { question: gap.question }));
      router.refresh();
    } catch (error) {
      setGone((before) => new Set([...before].filter((id) => id !== gap.id)));
      toast.error(explain(error));
    }
  }

  return (
    <DataTable
      label={t("question")}
      rows={gaps.filter((gap) => !gone.has(gap.id))}
      rowKey={(gap) => gap.id}
      empty={<EmptyState icon={<CircleHelp aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
      columns={[
        { id: "question", header: t("question"), className: "min-w-32", cell: (gap) => <Question gap={gap} /> },
        { id: "count", header: t("count"), align: "end", cell: (gap) => gap.count },
        {
          id: "asked",
          header: t("lastAsked"),
          hideBelow: "md",
          className: "whitespace-nowrap",
          cell: (gap) => <RelativeTime date={gap.lastAskedAt} className="text-ink-muted" />,
        },
        {
          id: "actions",
          header: <span className="sr-only">{common("table.actions")}</span>,
          align: "end",
          cell: (gap) => (
            <span className="flex items-center justify-end gap-1 max-md:flex-wrap">
              <Button size="sm" variant="ghost" onClick={() => void dismiss(gap)}>
                {t("dismiss")}
              </Button>
              <Button asChild size="sm">
                {gap.entryId === null ? (
                  <Link href={newEntryAddress(gap.question, gap.id)}>{t("answer")}</Link>
                ) : (
                  <Link href={`/admin/knowledge/${gap.entryId}`}>{t("continue")}</Link>
                )}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}
