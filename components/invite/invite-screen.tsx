import { getTranslations } from "next-intl/server";
import { PageMessages } from "@/components/shell/page-messages";
import { PreferencesMenu } from "@/components/shell/preferences-menu";
import { BrandMark } from "@/components/ui/brand-mark";
import { Card } from "@/components/ui/card";
import type { Role } from "@/lib/identity/permissions";
import { AcceptForm } from "./accept-form";

export interface InviteScreenProps {
  token: string;
  /** Undefined: the link works no longer. */
  invitation:
    | { readonly email: string; readonly role: Role; readonly merchantName: string; readonly hasAccount: boolean }
    | undefined;
}

/** The page behind an invitation's link. */
export async function InviteScreen({ token, invitation }: InviteScreenProps) {
  const [t, common] = await Promise.all([getTranslations("invite"), getTranslations("common")]);
  return (
    <PageMessages namespaces={["invite", "auth"]}>
      <div className="flex min-h-dvh flex-col bg-canvas">
        <header className="flex h-14 items-center justify-between px-5 sm:px-8">
          <span className="flex items-center gap-2 font-semibold text-lg">
            <BrandMark className="size-7" />
            {common("product")}
          </span>
          <PreferencesMenu />
        </header>
        <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-5 pb-20 max-sm:justify-start max-sm:pt-6">
          <Card className="p-6">
            {invitation ? (
              <>
                <h1 className="font-semibold text-2xl tracking-tight">
                  {t("title", { merchant: invitation.merchantName })}
                </h1>
                <p className="mt-1 mb-6 text-ink-muted">
                  {t(invitation.hasAccount ? "bodyKnown" : "body", { role: t(`roles.${invitation.role}`) })}
                </p>
                <AcceptForm token={token} email={invitation.email} hasAccount={invitation.hasAccount} />
              </>
            ) : (
              <>
                <h1 className="font-semibold text-2xl tracking-tight">{t("goneTitle")}</h1>
                <p className="mt-1 text-ink-muted">{t("goneBody")}</p>
              </>
            )}
          </Card>
        </main>
      </div>
    </PageMessages>
  );
}
