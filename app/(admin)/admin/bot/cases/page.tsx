import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BotFrame } from "@/components/bot/bot-frame";
import { CaseList } from "@/components/bot/case-list";
import { getRun, listCases, listRuns } from "@/lib/bot/case-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("cases") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context }) => {
  const t = await getTranslations("admin-bot.casesView");
  const [cases, [last]] = await Promise.all([listCases(context), listRuns(context)]);
  return (
    <BotFrame view="cases" description={t("description")}>
      <CaseList cases={cases} run={last && (await getRun(context, last.id))} />
    </BotFrame>
  );
});
