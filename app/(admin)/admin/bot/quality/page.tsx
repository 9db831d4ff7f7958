import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { QualityReport } from "@/components/bot/quality-report";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/bot/quality-contracts";
import { getQuality } from "@/lib/bot/quality-queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("quality") };
}

export default definePage({ permission: "bot.read" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin-bot.qualityView");
  const query = readQuery(contracts.getQuality.query, searchParams);
  return (
    <BotFrame view="quality" description={t("description")}>
      <QualityReport quality={await getQuality(context, query)} days={query.days} />
    </BotFrame>
  );
});
