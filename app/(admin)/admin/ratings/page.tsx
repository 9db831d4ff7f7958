import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RatingTable } from "@/components/analytics/rating-table";
import { ExportMenu } from "@/components/settings/export-menu";
import { PageFrame } from "@/components/settings/page-frame";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/analytics/contracts";
import { listRatings } from "@/lib/analytics/queries";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.ratings");
  return { title: t("title") };
}

export default definePage({ permission: "analytics.read" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin.ratings");
  const [page, agents] = await Promise.all([
    listRatings(context, readQuery(contracts.listRatings.query, searchParams)),
    listAgents(context),
  ]);
  return (
    <PageFrame title={t("title")} description={t("description")} actions={<ExportMenu path="/api/v1/ratings/export" />}>
      <RatingTable
        ratings={page.items}
        nextCursor={page.nextCursor}
        agents={agents.map(({ id, name }) => ({ id, name }))}
      />
    </PageFrame>
  );
});
