import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MacrosPage } from "@/components/macros/macros-page";
import { definePage } from "@/lib/web/define-page";
import { macrosData } from "@/lib/web/macros-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("macros");
  return { title: t("title") };
}

export default definePage({ permission: "quick_replies.manage" }, async ({ context }) => (
  <MacrosPage personal={false} {...(await macrosData(context, false))} />
));
