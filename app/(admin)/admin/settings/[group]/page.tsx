import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SettingsForm } from "@/components/settings/groups/settings-form";
import { SETTINGS } from "@/lib/composition/settings";
import { settingsForm } from "@/lib/composition/settings-service";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.form");
  return { title: t("title") };
}

export default definePage({ permission: "settings.read" }, async ({ context, params }) => {
  const group = SETTINGS.find(({ name }) => name === params["group"]);
  if (!group) {
    notFound();
  }
  return <SettingsForm {...(await settingsForm(context, group.name))} />;
});
