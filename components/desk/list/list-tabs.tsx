"use client";

import { useTranslations } from "next-intl";
import { Tab, TabsList } from "@/components/ui/tabs";
import type { ConversationTab } from "@/lib/conversations/schema";
import { useDeskState } from "../desk-provider";

export const TABS = ["mine", "involved", "queued", "all", "ended"] as const satisfies readonly ConversationTab[];

/** The four kinds of conversations with how many there are now. */
export function ListTabs() {
  const t = useTranslations("desk.list");
  const counts = useDeskState((state) => state.counts);
  return (
    <TabsList aria-label={t("tabs")} className="px-2">
      {TABS.map((tab) => (
        <Tab key={tab} value={tab} count={tab === "ended" ? 0 : counts[tab]} className="flex-1 justify-center px-1.5">
          {t(tab)}
        </Tab>
      ))}
    </TabsList>
  );
}
