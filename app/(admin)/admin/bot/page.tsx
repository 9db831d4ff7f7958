import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { ProviderList } from "@/components/bot/provider-list";
import { listProviders } from "@/lib/bot/provider-service";
import { roleMay } from "@/lib/identity/permissions";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("title") };
}

export default definePage({ permission: "bot.read" }, async ({ context }) => {
  const t = await getTranslations("admin-bot");
  return (
    <BotFrame view="providers" description={t("providersDescription")}>
      <ProviderList providers={await listProviders(context)} mayWrite={roleMay(context.actor.role, "bot.write")} />
    </BotFrame>
  );
});
