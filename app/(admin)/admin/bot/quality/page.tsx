import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { QualityReport } from "@/components/bot/quality-report";
import { readQuery } from "@/components/settings/read-query";
import * as contracts from "@/lib/bot/quality-contracts";
import { getQuality } from "@/lib/bot/quality-queries";
import { listVotes } from "@/lib/bot/vote-queries";
import { definePage } from "@/lib/web/define-page";

const UNHELPFUL_SHOWN = 10;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("quality") };
}

export default definePage({ permission: "bot.read" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin-bot.qualityView");
  const query = readQuery(contracts.getQuality.query, searchParams);
  const [quality, unhelpful] = await Promise.all([
    getQuality(context, query),
    listVotes(context, { helpful: false, limit: UNHELPFUL_SHOWN }),
  ]);
  return (
    <BotFrame view="quality" description={t("description")}>
      <QualityReport quality={quality} days={query.days} unhelpful={unhelpful} />
    </BotFrame>
  );
});
