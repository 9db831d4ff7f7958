import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountShell } from "@/components/account/account-shell";
import { ProfileSection } from "@/components/account/profile-section";
import { SecondStepSection } from "@/components/account/second-step-section";
import { PasswordSection, SessionsSection } from "@/components/account/security-sections";
import { PageFrame } from "@/components/settings/page-frame";
import { getOwnProfile } from "@/lib/identity/own-account-service";
import { getMe } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default definePage({}, async ({ context }) => {
  const [t, me, own] = await Promise.all([getTranslations("account"), getMe(context), getOwnProfile(context)]);
  return (
    <AccountShell me={me}>
      <PageFrame width="form" title={t("title")} description={t("description")}>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <ProfileSection name={own.name} email={own.email} avatarUrl={me.avatarUrl} />
          <PasswordSection />
          <SecondStepSection on={own.secondStep} codesLeft={own.recoveryCodesLeft} />
          <SessionsSection />
        </div>
      </PageFrame>
    </AccountShell>
  );
});
