import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { SuggestionList } from "@/components/knowledge/suggestion-list";
import { listSuggestions } from "@/lib/bot/suggestion-service";
import { definePage } from "@/lib/web/define-page";

const SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge");
  return { title: t("suggestions") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-knowledge.suggestionsView");
  return (
    <KnowledgeFrame view="suggestions" description={t("description")}>
      <SuggestionList suggestions={await listSuggestions(context, SHOWN)} />
    </KnowledgeFrame>
  );
});
