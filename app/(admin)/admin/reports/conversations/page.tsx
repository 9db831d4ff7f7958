import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DrillTable } from "@/components/analytics/reports/drill-table";
import { PageFrame } from "@/components/settings/page-frame";
import { readQuery } from "@/components/settings/read-query";
import { listReportConversations as contract } from "@/lib/analytics/report-contracts";
import { listReportConversations } from "@/lib/analytics/report-queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports");
  return { title: t("title") };
}

export default definePage({ permission: "analytics.read" }, async ({ context, searchParams }) => {
  const t = await getTranslations("reports");
  const query = readQuery(contract.query, searchParams);
  const page = await listReportConversations(context, query);
  return (
    <PageFrame
      back={{ href: "/admin/reports", label: t("drillBack") }}
      title={t("drillTitle", { metric: t(`metric.${query.metric}`) })}
    >
      <DrillTable rows={page.items} nextCursor={page.nextCursor} metric={query.metric} />
    </PageFrame>
  );
});
