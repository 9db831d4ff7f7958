"use client";

import { useLocale, useTimeZone } from "next-intl";
import { type DateStyle, formatDate, formatRelative } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { useNow } from "./clock";
import { Tooltip } from "./tooltip";

export interface RelativeTimeProps {
  /** ISO 8601, or milliseconds since 1970. */
  date: string | number;
  style?: "long" | "narrow";
  className?: string;
}

function exactDateTime(date: string | number): string {
  return new Date(date).toISOString();
}

/** "3 minutes ago", kept up to date; the exact time in the person's zone in a tooltip. */
export function RelativeTime({ date, style = "long", className }: RelativeTimeProps) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const now = useNow();
  return (
    <Tooltip content={formatDate(date, "exact", locale, timeZone)}>
      <time dateTime={exactDateTime(date)} className={className}>
        {formatRelative(date, now, locale, style)}
      </time>
    </Tooltip>
  );
}

/** A fixed date or time in the person's language and zone. */
export function DateTime({
  date,
  format = "dayTime",
  className,
}: {
  date: string | number;
  format?: DateStyle;
  className?: string;
}) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  return (
    <time dateTime={exactDateTime(date)} className={className}>
      {formatDate(date, format, locale, timeZone)}
    </time>
  );
}

/** For lists of conversations: the time today, else the day, else the date with its year. */
export function ShortTime({ date, className }: { date: string | number; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const now = useNow();
  const sameDay = formatDate(date, "date", locale, timeZone) === formatDate(now, "date", locale, timeZone);
  const sameYear = new Date(date).getUTCFullYear() === new Date(now).getUTCFullYear();
  return (
    <time dateTime={exactDateTime(date)} title={formatDate(date, "exact", locale, timeZone)} className={className}>
      {formatDate(date, sameDay ? "time" : sameYear ? "day" : "date", locale, timeZone)}
    </time>
  );
}
