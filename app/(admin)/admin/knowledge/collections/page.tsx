import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CollectionList } from "@/components/knowledge/collection-list";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { isPlatform } from "@/lib/identity/queries";
import { everyCollection } from "@/lib/knowledge/collection-queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge");
  return { title: t("collectionsView") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-knowledge.collections");
  const [collections, platform] = await Promise.all([
    everyCollection(context),
    isPlatform(context.db, context.actor.merchantId),
  ]);
  return (
    <KnowledgeFrame view="collections" description={t("description")}>
      <CollectionList {...collections} mayShare={platform && context.actor.role === "admin"} />
    </KnowledgeFrame>
  );
});
