import { formatDate } from "@/lib/i18n/format";
import type { Translate } from "@/lib/i18n/translate";

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A time as people say it in a chat: only the hour today, "yesterday", then the day, then the year. */
export function chatTime(at: number, now: number, locale: string, t: Translate, timeZone = zone()): string {
  const dayOf = (moment: number) => formatDate(moment, "date", locale, timeZone);
  const time = formatDate(at, "time", locale, timeZone);
  if (dayOf(at) === dayOf(now)) {
    return time;
  }
  if (dayOf(at) === dayOf(now - 86_400_000)) {
    return `${t("thread.yesterday")} ${time}`;
  }
  return now - at < 300 * 86_400_000 ? formatDate(at, "dayTime", locale, timeZone) : dayOf(at);
}
