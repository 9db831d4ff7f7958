import type { SettingsOf } from "@/lib/settings/definition";
import { type businessHoursSettings, WEEKDAYS } from "./settings-schema";

export type BusinessHours = SettingsOf<typeof businessHoursSettings>;

interface LocalTime {
  /** `2026-10-01` */
  readonly date: string;
  /** Minutes since midnight on the clock of the place. */
  readonly minutes: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** How far ahead the next opening is looked for, in days. */
const HORIZON = 60;
/** What lasts longer is no answering time any more. */
const LONGEST_SPAN_DAYS = 366;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) {
    return known;
  }
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** What the clock on the wall says there; summer time included. */
function localTime(at: Date, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts["year"]}-${parts["month"]}-${parts["day"]}`,
    minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]),
  };
}

/** The moment when the wall clock there first says so. A time that summer time leaves out is taken an hour later. */
function momentOf(date: string, minutes: number, timeZone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE_MS;
  let guess = wanted;
  // The offset at the guess may be another than at the result (the clock changes between): a second look settles it.
  for (let round = 0; round < 2; round += 1) {
    const shown = localTime(new Date(guess), timeZone);
    guess += wanted - (Date.parse(`${shown.date}T00:00:00Z`) + shown.minutes * MINUTE_MS);
  }
  return new Date(guess);
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function spanOf({ from, to }: { readonly from: string; readonly to: string }): Span {
  const start = minutesOf(from);
  const end = minutesOf(to);
  return { from: start, to: end > start ? end : end + DAY_MINUTES };
}

/** Opening times that begin on a day of the calendar; an end past midnight is more than 1,440 minutes. */
function spansOf(hours: BusinessHours, date: string): Span[] {
  const extra = hours.extraDays.filter((day) => day.date === date);
  if (extra.length > 0) {
    return extra.map(spanOf);
  }
  if (hours.holidays.some((holiday) => holiday.from <= date && date <= holiday.to)) {
    return [];
  }
  // 1970-01-05 was a Monday.
  const weekday = WEEKDAYS[(Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS) + 3) % 7];
  return hours.hours.filter(({ days }) => weekday !== undefined && days.includes(weekday)).map(spanOf);
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** True when people answer at that moment. */
export function isOpen(hours: BusinessHours, timeZone: string, at: Date): boolean {
  if (!hours.enabled) {
    return true;
  }
  const { date, minutes } = localTime(at, timeZone);
  const today = spansOf(hours, date).some((span) => span.from <= minutes && minutes < span.to);
  const sinceYesterday = spansOf(hours, dayAfter(date, -1)).some((span) => minutes < span.to - DAY_MINUTES);
  return today || sinceYesterday;
}

/** When people answer again, looking two months ahead; null when they don't. @param at a moment at which it is closed */
export function nextOpening(hours: BusinessHours, timeZone: string, at: Date): Date | null {
  const { date } = localTime(at, timeZone);
  for (let ahead = 0; ahead <= HORIZON; ahead += 1) {
    const day = dayAfter(date, ahead);
    const openings = spansOf(hours, day)
      .map((span) => momentOf(day, span.from, timeZone))
      .filter((moment) => moment > at)
      .sort((first, second) => first.getTime() - second.getTime());
    if (openings[0]) {
      return openings[0];
    }
  }
  return null;
}

/** Opening times of one day of the calendar as moments, in milliseconds. */
function momentsOf(hours: BusinessHours, date: string, timeZone: string): Span[] {
  return spansOf(hours, date).map((span) => ({
    from: momentOf(date, span.from, timeZone).getTime(),
    to: momentOf(dayAfter(date, Math.floor(span.to / DAY_MINUTES)), span.to % DAY_MINUTES, timeZone).getTime(),
  }));
}

/**
 * How much of a span lies in business hours, in seconds; times that overlap count once.
 *
 * @param from and @param to in milliseconds since 1970; a span longer than LONGEST_SPAN is counted for so long
 */
export function openSeconds(hours: BusinessHours, timeZone: string, from: number, to: number): number {
  if (!hours.enabled) {
    return Math.max(0, to - from) / 1_000;
  }
  const end = Math.min(to, from + LONGEST_SPAN_DAYS * DAY_MS);
  // An opening of the day before may reach past midnight.
  let date = dayAfter(localTime(new Date(from), timeZone).date, -1);
  const last = localTime(new Date(end), timeZone).date;
  const open: Span[] = [];
  while (date <= last) {
    open.push(...momentsOf(hours, date, timeZone));
    date = dayAfter(date, 1);
  }
  let [seconds, reached] = [0, from];
  for (const span of open.sort((first, second) => first.from - second.from)) {
    const [begins, ends] = [Math.max(span.from, reached), Math.min(span.to, end)];
    if (ends > begins) {
      seconds += (ends - begins) / 1_000;
      reached = ends;
    }
  }
  return seconds;
}
