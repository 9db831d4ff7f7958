"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/relative-time";
import type { Message } from "@/lib/conversations/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";

const KEYS = [
  "queued",
  "agent_joined",
  "back_to_queue",
  "back_to_bot",
  "transfer_note",
  "resolved",
  "message_left",
  "ended_by_visitor",
  "rated",
  "ended_silent",
  "silent_agent",
  "silent_supervisor",
  "silent_requeued",
  "not_accepted",
  "agent_gone",
  "rule_note",
  "snoozed",
  "snoozed_until",
  "woken_time",
  "woken_reply",
  "woken_agent",
  "to_team",
  "offered",
  "offer_declined",
  "offer_declined_why",
  "offer_expired",
  "collaborator_added",
  "collaborator_joined",
  "outside_joined",
  "outside_ended",
  "handed_to",
  "handed_over",
  "handed_note",
] as const;
type NoticeKey = (typeof KEYS)[number];

/** What a customer did on their platform, or the platform told (`channel_event.<name>`). */
const EVENTS = [
  "subscribe",
  "unsubscribe",
  "scan",
  "click",
  "view",
  "location",
  "scancode",
  "photo",
  "location_select",
  "view_miniprogram",
  "template_result",
  "mass_result",
  "subscribe_choice",
  "subscribe_result",
  "agent_session",
  "enter_session",
  "unknown_message",
  "other",
  "media_lost",
  "servicer_rejects",
  "servicer_accepts",
  "farewell",
] as const;
type EventName = (typeof EVENTS)[number];

function eventName(key: string): EventName | undefined {
  const name = /^channel_event\.(\w+)$/.exec(key)?.[1];
  return name === undefined ? undefined : (EVENTS.find((known) => known === name) ?? "other");
}

function isKnown(key: string): key is NoticeKey {
  return KEYS.some((known) => known === key);
}

/** A line of the product's own, in the agent's language: small and grey; a colleague's note in its own tone. */
export function NoticeLine({ message }: { message: Message }) {
  const t = useTranslations("desk.notice");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const notice = message.parts.find((part) => part.type === "notice");
  if (notice === undefined) {
    return null;
  }
  const { until, ...told } = notice.values ?? {};
  const values = {
    name: "",
    note: "",
    stars: 0,
    minutes: 0,
    key: "",
    from: "",
    ...told,
    until: until === undefined ? "" : formatDate(until, "dayTime", locale, timeZone),
  };
  const event = eventName(notice.key);
  const note = ["transfer_note", "rule_note", "handed_note"].includes(notice.key);
  return (
    <p
      className={cn(
        "mx-auto my-2 w-fit max-w-[85%] text-center text-xs text-ink-subtle",
        note && "rounded-sm bg-note-soft px-3 py-1.5 whitespace-pre-wrap text-note-ink",
      )}
    >
      {event ? t(`channelEvent.${event}`, values) : isKnown(notice.key) ? t(notice.key, values) : t("other")}
      <DateTime date={message.createdAt} format="time" className="ml-1.5" />
    </p>
  );
}
