import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DrillPage } from "@/components/analytics/reports/drill-page";
import { readQuery } from "@/components/settings/read-query";
import { drillQuery, isRange } from "@/lib/analytics/report-contracts";
import { listReportConversations } from "@/lib/analytics/report-queries";
import { listChannels } from "@/lib/channels/queries";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports");
  return { title: t("title") };
}

export default definePage({ permission: "analytics.read" }, async ({ context, searchParams }) => {
  const wished = readQuery(drillQuery, searchParams);
  const impossible = wished.from !== undefined && wished.to !== undefined && !isRange(wished.from, wished.to);
  const query = impossible ? { ...wished, from: undefined, to: undefined } : wished;
  const [page, channels, agents] = await Promise.all([
    listReportConversations(context, query),
    listChannels(context),
    listAgents(context),
  ]);
  return (
    <DrillPage
      query={query}
      rows={page.items}
      nextCursor={page.nextCursor}
      channel={channels.find(({ id }) => id === query.channelId)?.name}
      agent={agents.find(({ id }) => id === query.agentId)?.name}
    />
  );
});
