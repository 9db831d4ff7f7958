import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { Playground } from "@/components/bot/playground";
import { listChannels } from "@/lib/channels/queries";
import { roleMay } from "@/lib/identity/permissions";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("playground") };
}

export default definePage({ permission: "bot.read" }, async ({ context }) => {
  const t = await getTranslations("admin-bot.playgroundView");
  const channels = await listChannels(context);
  return (
    <BotFrame view="playground" description={t("description")}>
      <Playground
        maySave={roleMay(context.actor.role, "knowledge.write")}
        channels={channels.map(({ id, name }) => ({ id, name }))}
      />
    </BotFrame>
  );
});
