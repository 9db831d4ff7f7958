"use client";

import { useTranslations } from "next-intl";

/** Texts of groups and fields, whose keys are made of the registry's names: settings.test.ts holds them complete. */
export function useSettingText() {
  const t = useTranslations("settings");
  return (key: string): string | undefined => {
    const name = key as Parameters<typeof t>[0];
    return t.has(name) ? t(name) : undefined;
  };
}
