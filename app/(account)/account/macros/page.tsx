import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountShell } from "@/components/account/account-shell";
import { MacrosPage } from "@/components/macros/macros-page";
import { getMe } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";
import { macrosData } from "@/lib/web/macros-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("macros");
  return { title: t("ownTitle") };
}

export default definePage({ permission: "quick_replies.write" }, async ({ context }) => {
  const [me, data] = await Promise.all([getMe(context), macrosData(context, true)]);
  return (
    <AccountShell me={me}>
      <MacrosPage personal {...data} />
    </AccountShell>
  );
});
