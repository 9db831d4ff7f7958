import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditTable } from "@/components/settings/audit/audit-table";
import { ExportMenu } from "@/components/settings/export-menu";
import { PageFrame } from "@/components/settings/page-frame";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/audit/contracts";
import { auditFacets, listAudit } from "@/lib/audit/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.audit");
  return { title: t("title") };
}

export default definePage({ permission: "audit.read" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin.audit");
  const [page, facets] = await Promise.all([
    listAudit(context, readQuery(contracts.listAudit.query, searchParams)),
    auditFacets(context),
  ]);
  return (
    <PageFrame title={t("title")} description={t("description")} actions={<ExportMenu path="/api/v1/audit/export" />}>
      <AuditTable rows={page.items} nextCursor={page.nextCursor} {...facets} />
    </PageFrame>
  );
});
