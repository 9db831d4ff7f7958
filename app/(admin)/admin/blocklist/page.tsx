import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BlocklistPage } from "@/components/settings/blocklist/blocklist-page";
import { listBlocked } from "@/lib/customers/blocklist-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("blocklist");
  return { title: t("title") };
}

export default definePage({ permission: "blocklist.manage" }, async ({ context }) => (
  <BlocklistPage entries={await listBlocked(context)} />
));
