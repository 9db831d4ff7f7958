import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { ChannelRulesList } from "@/components/bot/channel-rules-list";
import { listBotChannels } from "@/lib/bot/channel-rules-service";
import { roleMay } from "@/lib/identity/permissions";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("channels") };
}

export default definePage({ permission: "bot.read" }, async ({ context }) => {
  const t = await getTranslations("admin-bot.channelsView");
  return (
    <BotFrame view="channels" description={t("description")}>
      <ChannelRulesList channels={await listBotChannels(context)} mayWrite={roleMay(context.actor.role, "bot.write")} />
    </BotFrame>
  );
});
