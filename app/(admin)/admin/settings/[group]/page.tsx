import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SettingsForm } from "@/components/settings/groups/settings-form";
import { TestAlerts } from "@/components/settings/groups/test-alerts";
import { SETTINGS } from "@/lib/composition/settings";
import { settingsForm } from "@/lib/composition/settings-service";
import { alertSettings } from "@/lib/notifications/alert-settings-schema";
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
  const form = await settingsForm(context, group.name);
  return <SettingsForm {...form} extra={group.name === alertSettings.name ? <TestAlerts /> : null} />;
});
