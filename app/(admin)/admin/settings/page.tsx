import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsList } from "@/components/settings/groups/settings-list";
import { PageFrame } from "@/components/settings/page-frame";
import { SETTINGS } from "@/lib/composition/settings";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.form");
  return { title: t("title") };
}

export default definePage({ permission: "settings.read" }, async () => {
  const t = await getTranslations("settings.form");
  return (
    <PageFrame width="form" title={t("title")} description={t("description")}>
      <SettingsList groups={SETTINGS.map(({ name }) => name)} />
    </PageFrame>
  );
});
