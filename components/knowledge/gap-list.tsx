"use client";

import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { dismissGap, type Gap } from "@/lib/knowledge/gap-contracts";
import { newEntryAddress } from "./new-entry-address";

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
        { id: "question", header: t("question"), className: "min-w-40", cell: (gap) => gap.question },
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
            <span className="flex flex-wrap items-center justify-end gap-1">
              <Button size="sm" variant="ghost" onClick={() => void dismiss(gap)}>
                {t("dismiss")}
              </Button>
              <Button asChild size="sm">
                <Link href={newEntryAddress(gap.question, gap.id)}>{t("answer")}</Link>
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}
