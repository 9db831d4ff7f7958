import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { BotFrame } from "@/components/bot/bot-frame";
import { CaseList } from "@/components/bot/case-list";
import { readQuery } from "@/components/settings/read-query";
import { getRun, listCases, listRuns } from "@/lib/bot/case-service";
import { definePage } from "@/lib/web/define-page";

const runQuery = z.object({ run: z.string().max(40).optional() });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-bot");
  return { title: t("cases") };
}

export default definePage({ permission: "knowledge.write" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin-bot.casesView");
  const [cases, runs] = await Promise.all([listCases(context), listRuns(context)]);
  const asked = readQuery(runQuery, searchParams).run;
  const chosen = asked === undefined ? undefined : await getRun(context, asked).catch(() => undefined);
  const [last] = runs;
  return (
    <BotFrame view="cases" description={t("description")}>
      <CaseList cases={cases} runs={runs} run={chosen ?? (last && (await getRun(context, last.id)))} />
    </BotFrame>
  );
});
