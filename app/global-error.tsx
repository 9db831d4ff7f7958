"use client";

import { NextIntlClientProvider } from "next-intl";
import { useSyncExternalStore } from "react";
import { FailureScreen } from "@/components/shell/failure-screen";
import { DEFAULT_LOCALE, type Locale } from "@/lib/i18n/locales";
import commonEnglish from "@/lib/i18n/messages/en/common.json";
import shellEnglish from "@/lib/i18n/messages/en/shell.json";
import commonChinese from "@/lib/i18n/messages/zh-CN/common.json";
import shellChinese from "@/lib/i18n/messages/zh-CN/shell.json";
import "./globals.css";

const messages = {
  "zh-CN": { common: commonChinese, shell: shellChinese },
  en: { common: commonEnglish, shell: shellEnglish },
};

function browserLocale(): Locale {
  const chosen = /(?:^|; )locale=([^;]+)/.exec(document.cookie)?.[1] ?? navigator.language;
  return chosen.startsWith("en") ? "en" : DEFAULT_LOCALE;
}

/** The last resort, when the root layout itself failed: it cannot ask the server for anything, so it brings all it needs. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const locale = useSyncExternalStore(
    () => () => {},
    browserLocale,
    () => DEFAULT_LOCALE,
  );
  const { common, shell } = messages[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{common.product}</title>
        <NextIntlClientProvider locale={locale} messages={{ common, shell }} timeZone="UTC">
          <div className="h-dvh">
            <FailureScreen error={error} onRetry={retry} />
          </div>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
