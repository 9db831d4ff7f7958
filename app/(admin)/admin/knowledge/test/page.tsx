import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { SearchTest } from "@/components/knowledge/search-test";
import { listChannels } from "@/lib/channels/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge");
  return { title: t("test") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-knowledge.testView");
  const channels = await listChannels(context);
  return (
    <KnowledgeFrame view="test" description={t("description")}>
      <SearchTest channels={channels.map(({ id, name }) => ({ id, name }))} />
    </KnowledgeFrame>
  );
});
