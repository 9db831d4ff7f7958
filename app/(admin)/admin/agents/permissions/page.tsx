import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgentViews } from "@/components/agents/agent-views";
import { PermissionTable } from "@/components/agents/permission-table";
import { PageFrame } from "@/components/settings/page-frame";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-agents");
  return { title: t("permissionsTitle") };
}

export default definePage({ permission: "channels.read" }, async () => {
  const t = await getTranslations("admin-agents");
  return (
    <PageFrame title={t("permissionsTitle")} description={t("permissionsBody")}>
      <AgentViews view="permissions" />
      <PermissionTable />
    </PageFrame>
  );
});
