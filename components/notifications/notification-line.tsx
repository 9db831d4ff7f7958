"use client";

import {
  AtSign,
  BellRing,
  Ear,
  Handshake,
  Inbox,
  ListX,
  MessageSquareText,
  Reply,
  Ticket,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Notification, NotificationKind } from "@/lib/notifications/schema";

const ICONS: Record<NotificationKind, ReactNode> = {
  assigned: <Inbox aria-hidden />,
  mention: <AtSign aria-hidden />,
  note: <MessageSquareText aria-hidden />,
  collaborator: <Handshake aria-hidden />,
  offer: <BellRing aria-hidden />,
  offer_answered: <Reply aria-hidden />,
  reminder: <TriangleAlert aria-hidden />,
  whisper: <Ear aria-hidden />,
  ticket: <Ticket aria-hidden />,
  cases_broke: <ListX aria-hidden />,
};

/** Address of what a notification is about, where that is not a conversation: a ticket, a check of the bot's cases. */
export function pageOf({ values }: Notification): string | undefined {
  const { ticketId, runId } = values;
  if (ticketId !== undefined) {
    return `/desk/tickets/${ticketId}`;
  }
  return runId === undefined ? undefined : `/admin/bot/cases?run=${runId}`;
}

/** What a notification says, in the reader's language. */
export function useNotificationTitle(): (item: Notification) => string {
  const t = useTranslations("shell.notifications");
  return (item) => {
    const values = {
      actor: item.actor?.name ?? t("somebody"),
      customer: item.customerName ?? t("customer"),
      minutes: item.values["minutes"] ?? 0,
      number: item.values["number"] ?? 0,
      count: item.values["count"] ?? 0,
    };
    switch (item.kind) {
      case "reminder":
        return t(item.values["who"] === "supervisor" ? "kind.escalated" : "kind.reminder", values);
      case "ticket":
        return t(item.values["what"] === "commented" ? "kind.ticketCommented" : "kind.ticket", values);
      case "offer_answered": {
        const outcome = String(item.values["outcome"]);
        return t(
          outcome === "accepted"
            ? "kind.offerAccepted"
            : outcome === "declined"
              ? "kind.offerDeclined"
              : "kind.offerExpired",
          values,
        );
      }
      default:
        return t(`kind.${item.kind}`, values);
    }
  };
}

/** One line of the bell's list. */
export function NotificationLine({ item, onOpen }: { item: Notification; onOpen: (item: Notification) => void }) {
  const t = useTranslations("shell.notifications");
  const title = useNotificationTitle();
  const unread = item.readAt === null;
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(item)}
        className="flex w-full items-start gap-2.5 rounded-sm px-2 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span
          className={cn(
            "mt-0.5 inline-flex size-7 shrink-0 items-center justify-center rounded-full [&_svg]:size-4",
            item.kind === "reminder" || item.kind === "cases_broke"
              ? "bg-warning-soft text-warning-ink"
              : "bg-sunken text-ink-muted",
          )}
        >
          {ICONS[item.kind]}
        </span>
        <span className="min-w-0 flex-1">
          <span className={cn("block text-sm", unread && "font-medium")}>{title(item)}</span>
          {item.excerpt === "" ? null : (
            <span className="line-clamp-2 text-sm break-words text-ink-muted">{item.excerpt}</span>
          )}
          <RelativeTime date={item.createdAt} className="text-xs text-ink-subtle" />
        </span>
        {unread ? (
          <span className="mt-2 size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t("unreadMark")}</span>
          </span>
        ) : null}
      </button>
    </li>
  );
}
