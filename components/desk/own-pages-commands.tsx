"use client";

import { MessageSquareQuote, WandSparkles } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/commands";

/** The ways to what an agent prepares for themselves, in the palette. */
export function OwnPagesCommands() {
  const t = useTranslations("desk.shortcuts");
  const router = useRouter();
  const group = t("group");
  useCommand({
    label: t("ownQuickReplies"),
    group,
    icon: <MessageSquareQuote aria-hidden />,
    run: () => router.push("/account/quick-replies"),
  });
  useCommand({
    label: t("ownMacros"),
    group,
    icon: <WandSparkles aria-hidden />,
    run: () => router.push("/account/macros"),
  });
  return null;
}
