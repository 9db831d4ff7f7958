"use client";

import { useTranslations } from "next-intl";
import { isContentLanguage } from "./languages";

/** The name of a content language; the tag itself for one that has no name here. */
export function useLanguageName(): (language: string) => string {
  const t = useTranslations("common.languages");
  return (language) => (isContentLanguage(language) ? t(language) : language);
}
