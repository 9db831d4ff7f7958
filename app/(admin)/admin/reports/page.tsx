import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReportPage } from "@/components/analytics/reports/report-page";
import { readQuery } from "@/components/settings/read-query";
import { isRange, reportQuery } from "@/lib/analytics/report-contracts";
import { getReport } from "@/lib/analytics/report-queries";
import { listChannels } from "@/lib/channels/queries";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports");
  return { title: t("title") };
}

export default definePage({ permission: "analytics.read" }, async ({ context, searchParams }) => {
  const wished = readQuery(reportQuery, searchParams);
  // A range written by hand that cannot be: the last seven days instead of an error.
  const impossible = wished.from !== undefined && wished.to !== undefined && !isRange(wished.from, wished.to);
  const query = impossible ? { ...wished, from: undefined, to: undefined } : wished;
  const [report, channels, agents] = await Promise.all([
    getReport(context, query),
    listChannels(context),
    listAgents(context),
  ]);
  return <ReportPage report={report} channels={channels} agents={agents} />;
});
