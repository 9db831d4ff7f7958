import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RulesPage } from "@/components/automations/rules-page";
import { listRules, listRuns } from "@/lib/automations/service";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-rules");
  return { title: t("title") };
}

export default definePage({ permission: "settings.write" }, async ({ context }) => {
  const [rules, runs, agents] = await Promise.all([
    listRules(context),
    listRuns(context, { limit: 30 }),
    listAgents(context),
  ]);
  const present = agents.filter(({ disabled }) => !disabled);
  return (
    <RulesPage
      rules={rules}
      runs={runs}
      agents={present.map(({ id, name }) => ({ id, name }))}
      skills={[...new Set(present.flatMap(({ skills }) => skills))].sort()}
    />
  );
});
