import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ImportHistory } from "@/components/knowledge/imports/import-history";
import { ImportStart } from "@/components/knowledge/imports/import-start";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { listImports } from "@/lib/knowledge/imports/queries";
import { listCollections } from "@/lib/knowledge/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge.imports");
  return { title: t("title") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-knowledge.imports");
  const [imports, collections] = await Promise.all([listImports(context), listCollections(context)]);
  return (
    <KnowledgeFrame view="import" description={t("description")}>
      <ImportStart collections={collections.map(({ name }) => name)} />
      <ImportHistory imports={imports} />
    </KnowledgeFrame>
  );
});
