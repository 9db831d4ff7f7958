"use client";

import { Bell, CheckCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useCommand } from "@/components/shell/commands";
import { useShortcut } from "@/components/shell/shortcuts";
import { CountBadge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import type { Notification } from "@/lib/notifications/schema";
import { NotificationLine } from "./notification-line";
import { type Notifications, useNotifications } from "./use-notifications";

const KEYS = "g n";

/** The shell shows one bell in its rail and one at the top of a phone: the one in sight opens. */
function openShown(): void {
  const bells = [...document.querySelectorAll<HTMLElement>("[data-bell]")];
  bells.find((bell) => bell.offsetParent !== null)?.click();
}

export interface NotificationBellProps {
  /** See useNotifications. */
  signal?: number;
  /** Goes to the place that a notification is about. */
  onOpen: (item: Notification) => void;
}

function Lines({ notifications, onOpen }: { notifications: Notifications; onOpen: (item: Notification) => void }) {
  const t = useTranslations("shell.notifications");
  const { items, failed, refresh, more, loadMore } = notifications;
  if (items === undefined) {
    return failed ? <ErrorState onRetry={refresh} compact /> : <Skeleton className="m-2 h-24" />;
  }
  if (items.length === 0) {
    return <EmptyState icon={<Bell aria-hidden />} title={t("none")} body={t("noneHint")} compact />;
  }
  return (
    <>
      <ul aria-label={t("title")} className="flex flex-col">
        {items.map((item) => (
          <NotificationLine key={item.id} item={item} onOpen={onOpen} />
        ))}
      </ul>
      {more ? (
        <Button variant="ghost" size="sm" className="mt-1 w-full" onClick={loadMore}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}

/** The bell with how many are unread, and behind it the list. */
export function NotificationBell({ signal, onOpen }: NotificationBellProps) {
  const t = useTranslations("shell.notifications");
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const notifications = useNotifications(signal, () => trigger.current?.offsetParent != null);
  const { unread, read } = notifications;
  const label = unread > 0 ? t("labelUnread", { count: unread }) : t("title");
  useShortcut(KEYS, t("title"), openShown);
  useCommand({ label: t("title"), icon: <Bell aria-hidden />, keys: KEYS, run: openShown });

  function choose(item: Notification): void {
    setOpen(false);
    if (item.readAt === null) {
      read({ ids: [item.id] });
    }
    onOpen(item);
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <Tooltip side="right" content={t("title")} keys={["G", "N"]}>
        <PopoverTrigger asChild>
          <IconButton ref={trigger} data-bell label={label} className="relative">
            <Bell aria-hidden />
            <CountBadge
              count={unread}
              strong
              className="pointer-events-none absolute -top-1 -right-1 touch:top-0.5 touch:right-0.5 h-4 min-w-4 text-[0.625rem]"
            />
          </IconButton>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent side="bottom" align="start" aria-label={t("title")} className="w-[min(24rem,92vw)] p-2">
        <div className="flex items-center justify-between gap-2 px-2 pb-1">
          <h2 className="font-semibold">{t("title")}</h2>
          <Button variant="ghost" size="sm" disabled={unread === 0} onClick={() => read({ all: true })}>
            <CheckCheck aria-hidden />
            {t("readAll")}
          </Button>
        </div>
        <div className="max-h-[60dvh] overflow-y-auto">
          <Lines notifications={notifications} onOpen={choose} />
        </div>
      </PopoverContent>
    </Popover>
  );
}
