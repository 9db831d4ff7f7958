"use client";

import { CircleCheck, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { conversationAddress } from "@/components/analytics/conversation-address";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { type FailedJob, retryJob } from "@/lib/platform/jobs/failed-jobs-contracts";

function useColumns(onRetry: (job: FailedJob) => void): Column<FailedJob>[] {
  const t = useTranslations("jobs");
  return [
    {
      id: "name",
      header: t("name"),
      cell: (job) => (
        <span className="flex min-w-0 flex-col">
          <code className="font-mono text-sm">{job.name}</code>
          <span className="line-clamp-2 break-all text-ink-muted text-xs">{job.error}</span>
        </span>
      ),
    },
    {
      id: "conversation",
      header: t("conversation"),
      hideBelow: "md",
      cell: (job) =>
        job.conversationId ? (
          <Link href={conversationAddress(job.conversationId)} className="text-accent-ink hover:underline">
            {t("open")}
          </Link>
        ) : null,
    },
    { id: "attempts", header: t("attempts"), align: "end", hideBelow: "md", cell: (job) => job.attempts },
    {
      id: "failedAt",
      header: t("failedAt"),
      hideBelow: "md",
      className: "whitespace-nowrap",
      cell: (job) => <RelativeTime date={job.failedAt} className="text-ink-muted" />,
    },
    {
      id: "actions",
      header: <span className="sr-only">{t("retry")}</span>,
      align: "end",
      cell: (job) => (
        <Button size="sm" onClick={() => onRetry(job)}>
          <RotateCcw aria-hidden />
          {t("retry")}
        </Button>
      ),
    },
  ];
}

/** Background work that gave up, with the way to try it again. */
export function FailedJobs({ jobs }: { jobs: readonly FailedJob[] }) {
  const t = useTranslations("jobs");
  const { call, explain } = useRequest();
  const router = useRouter();

  async function retry({ id }: FailedJob): Promise<void> {
    try {
      await call(retryJob, { params: { id } });
      toast.success(t("retried"));
    } catch (error) {
      toast.error(explain(error));
    }
    router.refresh();
  }

  return (
    <DataTable
      label={t("title")}
      columns={useColumns((job) => void retry(job))}
      rows={jobs}
      rowKey={(job) => job.id}
      empty={<EmptyState icon={<CircleCheck aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
    />
  );
}
