"use client";

import { useTranslations } from "next-intl";

/** Texts of kinds and fields, whose keys are made of the adapters' names: channel-kinds.test.ts holds them complete. */
export function useChannelText() {
  const t = useTranslations("channel-kinds");
  return (key: string): string | undefined => {
    const name = key as Parameters<typeof t>[0];
    return t.has(name) ? t(name) : undefined;
  };
}
