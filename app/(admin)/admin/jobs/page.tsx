import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FailedJobs } from "@/components/settings/operations/failed-jobs";
import { PageFrame } from "@/components/settings/page-frame";
import { listFailedJobs } from "@/lib/composition/failed-jobs";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("jobs");
  return { title: t("title") };
}

export default definePage({ permission: "settings.read" }, async ({ context }) => {
  const t = await getTranslations("jobs");
  return (
    <PageFrame title={t("title")} description={t("description")}>
      <FailedJobs jobs={await listFailedJobs(context)} />
    </PageFrame>
  );
});
