"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toast } from "sonner";
import { useAnnounce } from "@/components/shell/live-region";
import { useCustomerName } from "../customer-name";
import { useDesk, useDeskState } from "../desk-provider";
import type { News } from "../store/news";
import { belongsTo } from "../store/rows";
import { useGo } from "../use-place";
import { alertPreferences } from "./alert-preferences";
import { ring } from "./sound";

/** True while the agent looks at this very conversation. */
function isInSight(news: News, openId: string | undefined): boolean {
  return news.row.id === openId && document.visibilityState === "visible" && document.hasFocus();
}

/** Calls the agent when there is new work: a tone, a browser notification, a line for screen readers. */
export function useAlerts(): void {
  const t = useTranslations("desk.alerts");
  const desk = useDesk();
  const go = useGo();
  const announce = useAnnounce();
  const customerName = useCustomerName();
  useEffect(
    () =>
      desk.onNews((news) => {
        const { place, presence } = desk.store.get();
        if (isInSight(news, place.conversationId) || (news.kind === "queued" && presence !== "online")) {
          return;
        }
        const title = t(news.kind, {
          name: customerName(news.row.customer),
          minutes: news.minutes ?? 0,
          by: news.by ?? "",
        });
        const open = () => go({ conversationId: news.row.id, at: news.at ?? undefined });
        const { sound, browser } = alertPreferences();
        announce(title);
        const action = { label: t("open"), onClick: open };
        if (news.kind === "reminder" || news.kind === "escalated") {
          toast.warning(title, { id: `reminder:${news.row.id}`, duration: 20_000, action });
        }
        if (news.kind === "mention" || news.kind === "collaborator" || news.kind === "whisper") {
          toast.info(title, { description: news.excerpt, duration: 12_000, action });
        }
        if (sound) {
          ring();
        }
        if (browser && "Notification" in window && Notification.permission === "granted" && !document.hasFocus()) {
          const body = news.excerpt || news.row.lastMessagePreview || customerName(news.row.customer);
          const notification = new Notification(title, { body, tag: news.row.id, icon: "/icons/icon-192.png" });
          notification.onclick = () => {
            window.focus();
            open();
            notification.close();
          };
        }
      }),
    [desk, go, t, announce, customerName],
  );
}

/** Puts the number of unread messages before the page's title. */
export function useTitleBadge(): void {
  const t = useTranslations("desk");
  const { agent } = useDesk();
  const rows = useDeskState((state) => state.rows);
  const queued = useDeskState((state) => state.counts.queued);
  let unread = 0;
  for (const row of rows.values()) {
    unread += belongsTo("mine", row, agent.id) ? row.unreadCount : 0;
  }
  const count = unread + queued;
  useEffect(() => {
    document.title = count > 0 ? t("alerts.newTitle", { count, title: t("title") }) : t("title");
  }, [count, t]);
}
