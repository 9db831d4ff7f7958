import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { IntentList } from "@/components/bot/intent-list";
import { listIntents } from "@/lib/bot/intent-service";
import { roleMay } from "@/lib/identity/permissions";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("intents") };
}

export default definePage({ permission: "bot.read" }, async ({ context }) => {
  const t = await getTranslations("admin-bot.intentsView");
  const [{ items, categories }, agents] = await Promise.all([listIntents(context), listAgents(context)]);
  return (
    <BotFrame view="intents" description={t("description")}>
      <IntentList
        intents={items}
        categories={categories}
        skills={[...new Set(agents.flatMap(({ skills }) => skills))]}
        mayWrite={roleMay(context.actor.role, "bot.write")}
      />
    </BotFrame>
  );
});
