"use client";

import { useTranslations } from "next-intl";

/** What a scope allows, in words. */
export function ScopeName({ scope }: { scope: string }) {
  const t = useTranslations("api-keys");
  const permissions = useTranslations("permissions");
  const key = scope as Parameters<typeof permissions>[0];
  return scope === "*" ? t("everything") : permissions.has(key) ? permissions(key) : scope;
}
