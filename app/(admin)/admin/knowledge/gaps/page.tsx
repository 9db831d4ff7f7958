import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { GapList } from "@/components/knowledge/gap-list";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { topGaps } from "@/lib/knowledge/gap-queries";
import { definePage } from "@/lib/web/define-page";

const SHOWN = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge");
  return { title: t("gaps") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-knowledge.gapsView");
  return (
    <KnowledgeFrame view="gaps" description={t("description")}>
      <GapList gaps={await topGaps(context, SHOWN)} />
    </KnowledgeFrame>
  );
});
