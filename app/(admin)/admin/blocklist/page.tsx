import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BlocklistPage } from "@/components/settings/blocklist/blocklist-page";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/customers/blocklist-contracts";
import { listBlocked } from "@/lib/customers/blocklist-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("blocklist");
  return { title: t("title") };
}

export default definePage({ permission: "blocklist.manage" }, async ({ context, searchParams }) => {
  const { items, nextCursor } = await listBlocked(context, readQuery(contracts.listBlocked.query, searchParams));
  return <BlocklistPage entries={items} nextCursor={nextCursor} />;
});
