import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageMessages } from "@/components/shell/page-messages";
import { THEME_COOKIE, themeAttribute, toTheme } from "@/components/shell/theme";
import { TimeZoneMemory } from "@/components/shell/time-zone-memory";
import { StyleNonce } from "@/components/ui/nonce";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("product"), template: `%s · ${t("product")}` },
    description: t("tagline"),
    applicationName: t("product"),
    robots: { index: false },
    appleWebApp: { capable: true, title: t("product"), statusBarStyle: "default" },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f4f1" },
    { media: "(prefers-color-scheme: dark)", color: "#141311" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar] = await Promise.all([getLocale(), cookies()]);
  const theme = themeAttribute(toTheme(jar.get(THEME_COOKIE)?.value));
  return (
    <html lang={locale} data-theme={theme} suppressHydrationWarning>
      <body>
        <PageMessages>
          {children}
          <TimeZoneMemory />
          <StyleNonce />
        </PageMessages>
      </body>
    </html>
  );
}
