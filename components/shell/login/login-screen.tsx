import { getTranslations } from "next-intl/server";
import { BrandMark } from "@/components/ui/brand-mark";
import { PageMessages } from "../page-messages";
import { PreferencesMenu } from "../preferences-menu";
import { LoginForm } from "./login-form";
import { ProductPanel } from "./product-panel";

export interface LoginScreenProps {
  /** Path to go to after signing in; already checked to be ours. */
  destination: string;
  /** A code of `auth.error` to show at once. */
  error: string | undefined;
}

/** The page for agents and administrators to sign in. */
export async function LoginScreen({ destination, error }: LoginScreenProps) {
  const [t, common] = await Promise.all([getTranslations("auth"), getTranslations("common")]);
  return (
    <PageMessages namespaces={["auth"]}>
      <div className="flex min-h-dvh">
        <div className="flex w-full flex-col bg-surface lg:w-[30rem] lg:shrink-0 xl:w-[36rem]">
          <header className="flex h-14 items-center justify-between px-5 sm:px-8">
            <span className="flex items-center gap-2 font-semibold text-lg">
              <BrandMark className="size-7" />
              {common("product")}
            </span>
            <PreferencesMenu />
          </header>
          <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center px-5 pb-20 max-sm:justify-start max-sm:pt-10">
            <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
            <p className="mt-1 mb-6 text-ink-muted">{t("subtitle")}</p>
            <LoginForm destination={destination} initialError={error} />
          </main>
        </div>
        <ProductPanel />
      </div>
    </PageMessages>
  );
}
