"use client";

import { useTranslations } from "next-intl";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { isLocale } from "@/lib/i18n/locales";

/** Texts of kinds and fields, whose keys are made of the adapters' names: channel-kinds.test.ts holds them complete. */
export function useChannelText() {
  const t = useTranslations("channel-kinds");
  const languageName = useLanguageName();
  return (key: string): string | undefined => {
    const language = /\.([\w-]+)\.label$/.exec(key)?.[1];
    if (language && isLocale(language)) {
      return languageName(language);
    }
    const name = key as Parameters<typeof t>[0];
    return t.has(name) ? t(name) : undefined;
  };
}
