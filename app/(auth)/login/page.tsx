import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LoginScreen } from "@/components/shell/login/login-screen";
import { returnPath } from "@/lib/web/return-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("submit") };
}

interface LoginPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `callbackUrl` is where to go afterwards, `error` a code of the sign-in that brought the person here. */
export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { callbackUrl, error } = await searchParams;
  const wish = Array.isArray(callbackUrl) ? callbackUrl[0] : callbackUrl;
  return <LoginScreen destination={returnPath(wish, "/desk")} error={typeof error === "string" ? error : undefined} />;
}
