import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { VectorSearchPanel } from "@/components/bot/vector-search-panel";
import { roleMay } from "@/lib/identity/permissions";
import { getVectorSearch } from "@/lib/knowledge/embeddings/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("embeddings") };
}

export default definePage({ permission: "bot.read" }, async ({ context }) => {
  const t = await getTranslations("admin-bot");
  return (
    <BotFrame view="embeddings" description={t("embeddingsDescription")}>
      <VectorSearchPanel initial={await getVectorSearch(context)} mayWrite={roleMay(context.actor.role, "bot.write")} />
    </BotFrame>
  );
});
