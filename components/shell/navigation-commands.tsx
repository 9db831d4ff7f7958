"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCommand } from "./commands";
import type { NavigationItem } from "./navigation";
import { useShortcut } from "./shortcuts";

function NavigationCommand({ item }: { item: NavigationItem }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const group = t("palette.navigation");
  const go = () => router.push(item.href);
  useCommand({ label: item.label, group, icon: item.icon, keys: item.keys, keywords: [item.href], run: go });
  useShortcut(item.keys ?? "", item.label, go, { group, enabled: item.keys !== undefined });
  return null;
}

/** Every page of the navigation in the palette, and under its keys. */
export function NavigationCommands({ items }: { items: readonly NavigationItem[] }) {
  return items.map((item) => <NavigationCommand key={item.href} item={item} />);
}
