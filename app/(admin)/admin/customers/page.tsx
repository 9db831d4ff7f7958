import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CustomersPage } from "@/components/settings/customers/customers-page";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/customers/contracts";
import { listCustomers } from "@/lib/customers/list-queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("customers");
  return { title: t("title") };
}

export default definePage({ permission: "blocklist.manage" }, async ({ context, searchParams }) => {
  const { items, nextCursor } = await listCustomers(context, readQuery(contracts.listCustomers.query, searchParams));
  return <CustomersPage customers={items} nextCursor={nextCursor} />;
});
