"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useCallback } from "react";
import { LOCALE_COOKIE, type Locale } from "@/lib/i18n/locales";
import { rememberPreference } from "./preference-cookie";

/** The interface's language and a way to change it: the server renders the page anew, nothing typed is lost. */
export function useLanguage(): { locale: Locale; setLocale: (locale: Locale) => void } {
  const router = useRouter();
  const locale = useLocale();
  const setLocale = useCallback(
    (next: Locale) => {
      rememberPreference(LOCALE_COOKIE, next);
      document.documentElement.lang = next;
      router.refresh();
    },
    [router],
  );
  return { locale, setLocale };
}
