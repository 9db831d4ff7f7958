import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MerchantsPage } from "@/components/settings/merchants/merchants-page";
import { readQuery } from "@/components/settings/read-query";
import { merchantFigures } from "@/lib/analytics/merchant-queries";
import * as contracts from "@/lib/identity/merchant-contracts";
import { listMerchants } from "@/lib/identity/merchant-service";
import { isPlatformAdmin } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-merchants");
  return { title: t("title") };
}

export default definePage({ permission: "settings.write" }, async ({ context, searchParams }) => {
  if (!(await isPlatformAdmin(context.db, context.actor.userId))) {
    notFound();
  }
  const query = readQuery(contracts.listMerchants.query, searchParams);
  const { items, nextCursor } = await listMerchants(context, query);
  const merchants = await Promise.all(
    items.map(async (row) => ({ ...row, figures: await merchantFigures(context, row, query.days) })),
  );
  return <MerchantsPage merchants={merchants} nextCursor={nextCursor} days={query.days} />;
});
