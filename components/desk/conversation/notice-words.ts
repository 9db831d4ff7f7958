"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
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

interface Told {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
}

/** The words of a line of the product's own, in the agent's language. */
export function useNoticeWords(): (notice: Told) => string {
  const t = useTranslations("desk.notice");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  return (notice) => {
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
    return event ? t(`channelEvent.${event}`, values) : isKnown(notice.key) ? t(notice.key, values) : t("other");
  };
}
