"use client";

import { AlarmClock, Check } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { memo } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge, CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { ChannelIcon } from "../channel-icon";
import { useCustomerName } from "../customer-name";
import { WaitingTime } from "../waiting-time";

/** Height of a row in pixels; the virtual list counts with it. */
export const ROW_HEIGHT = 68;

const HIGH = 2;
const URGENT = 3;

export interface ConversationRowProps {
  row: ConversationSummary;
  selected: boolean;
  /** While several are being chosen: whether this one is. */
  chosen?: boolean | undefined;
  mine: boolean;
  href: string;
  onOpen: (id: string) => void;
  /** The pointer or the focus is on it: a good moment to load its messages. */
  onNear: (id: string) => void;
}

function Preview({ row, mine }: { row: ConversationSummary; mine: boolean }) {
  const t = useTranslations("desk.list");
  const status = useTranslations("desk.status");
  const prefix = row.lastMessageAuthor === "bot" ? t("bot") : row.lastMessageAuthor === "agent" && mine ? t("you") : "";
  return (
    <span className="min-w-0 flex-1 truncate text-sm text-ink-muted">
      {row.lastMessagePreview === "" ? (
        status(row.status)
      ) : (
        <>
          <span className="text-ink-subtle">{prefix}</span>
          {row.lastMessagePreview}
        </>
      )}
    </span>
  );
}

/** A conversation that was put aside, and when it comes back. */
function SnoozeMark({ row }: { row: ConversationSummary }) {
  const t = useTranslations("desk.list");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  if (row.status !== "snoozed") {
    return null;
  }
  const until = row.snoozedUntil;
  return (
    <Badge tone="neutral" className="shrink-0">
      <AlarmClock aria-hidden className="size-3" />
      {until === null ? t("snoozedReply") : t("snoozedUntil", { time: formatDate(until, "dayTime", locale, timeZone) })}
    </Badge>
  );
}

function PriorityMark({ priority }: { priority: number }) {
  const t = useTranslations("desk.list");
  return priority >= HIGH ? (
    <Badge tone={priority >= URGENT ? "danger" : "warning"} className="shrink-0">
      {t(priority >= URGENT ? "urgent" : "high")}
    </Badge>
  ) : null;
}

/** The customer's picture with their channel; before it a box while several are being chosen. */
function Face({ row, name, chosen }: { row: ConversationSummary; name: string; chosen: boolean | undefined }) {
  return (
    <>
      {chosen === undefined ? null : (
        <span
          aria-hidden
          className={cn(
            "inline-flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-strong bg-surface",
            chosen && "border-accent bg-accent text-on-accent",
          )}
        >
          {chosen ? <Check strokeWidth={3} className="size-3" /> : null}
        </span>
      )}
      <span className="relative">
        <Avatar name={name} src={row.customer.avatarUrl} size="lg" />
        <span className="absolute -right-1 -bottom-1 flex rounded-full bg-surface p-0.5 text-ink-subtle">
          <ChannelIcon type={row.channel.type} className="size-3.5" />
        </span>
      </span>
    </>
  );
}

function Lines({ row, name, mine }: { row: ConversationSummary; name: string; mine: boolean }) {
  const t = useTranslations("desk.list");
  const waits = row.waitingSince !== null && row.resolvedAt === null;
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-0.5">
      <span className="flex items-center gap-1.5">
        <span className={cn("min-w-0 truncate text-base", row.unreadCount > 0 ? "font-semibold" : "font-medium")}>
          {name}
        </span>
        <PriorityMark priority={row.priority} />
        <RelativeTime date={row.lastMessageAt} style="narrow" className="ml-auto shrink-0 text-xs text-ink-subtle" />
      </span>
      <span className="flex items-center gap-1.5">
        <Preview row={row} mine={mine} />
        {mine || row.assignee === null ? null : (
          <span className="max-w-20 shrink-0 truncate rounded-xs bg-sunken px-1 text-xs text-ink-muted">
            <span className="sr-only">{t("with")}</span>
            {row.assignee.name}
          </span>
        )}
        <SnoozeMark row={row} />
        {waits && row.waitingSince !== null ? <WaitingTime since={row.waitingSince} /> : null}
        {row.unreadCount > 0 ? <span className="sr-only">{t("unread", { count: row.unreadCount })}</span> : null}
        <span aria-hidden className="contents">
          <CountBadge count={row.unreadCount} strong />
        </span>
      </span>
    </span>
  );
}

/** One conversation of the list. A link, so that it can also be opened in another window. */
export const ConversationRow = memo(function ConversationRow({
  row,
  selected,
  chosen,
  mine,
  href,
  onOpen,
  onNear,
}: ConversationRowProps) {
  const name = useCustomerName()(row.customer);
  return (
    <a
      href={href}
      data-conversation={row.id}
      {...(chosen === undefined
        ? { "aria-current": selected ? ("true" as const) : undefined }
        : { role: "checkbox", "aria-checked": chosen })}
      onKeyDown={(event) => {
        // A link does not answer to the space bar; a box to be ticked does.
        if (chosen !== undefined && event.key === " ") {
          event.preventDefault();
          onOpen(row.id);
        }
      }}
      onClick={(event) => {
        if (!event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
          event.preventDefault();
          onOpen(row.id);
        }
      }}
      onPointerEnter={() => onNear(row.id)}
      onFocus={() => onNear(row.id)}
      className={cn(
        "flex h-full items-center gap-2.5 border-b border-line px-3 hover:bg-hover focus-visible:-outline-offset-2",
        selected && "bg-selected hover:bg-selected",
      )}
    >
      <Face row={row} name={name} chosen={chosen} />
      <Lines row={row} name={name} mine={mine} />
    </a>
  );
});
