/** Numbers, sizes, spans of time and dates in a person's language and time zone. Pure, client-safe, no React. */

const cache = new Map<string, unknown>();

function cached<Formatter>(id: string, make: () => Formatter): Formatter {
  let formatter = cache.get(id) as Formatter | undefined;
  if (formatter === undefined) {
    formatter = make();
    cache.set(id, formatter);
  }
  return formatter;
}

const DATE_STYLES = {
  /** 14:05 */
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** 3月5日 / Mar 5 */
  day: { month: "short", day: "numeric" },
  /** 2026年3月5日 / Mar 5, 2026 */
  date: { year: "numeric", month: "short", day: "numeric" },
  /** 3月5日 14:05 */
  dayTime: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  /** Down to the second, with the zone: for tooltips and audit rows. */
  exact: {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof DATE_STYLES;

/** A date in one of the product's few styles. `date` may be an ISO string or milliseconds since 1970. */
export function formatDate(date: Date | string | number, style: DateStyle, locale: string, timeZone: string): string {
  return cached(
    `${locale}/${timeZone}/${style}`,
    () => new Intl.DateTimeFormat(locale, { ...DATE_STYLES[style], timeZone }),
  ).format(new Date(date));
}

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 minutes ago", "in 2 hours", "now" (under 45 s). `now` in milliseconds since 1970. */
export function formatRelative(
  date: Date | string | number,
  now: number,
  locale: string,
  style: "long" | "narrow" = "long",
): string {
  const seconds = (new Date(date).getTime() - now) / 1_000;
  const formatter = cached(
    `${locale}/relative/${style}`,
    () => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style }),
  );
  if (Math.abs(seconds) < 45) {
    return formatter.format(0, "second");
  }
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (["minute", 60] as const);
  return formatter.format(Math.trunc(seconds / step[1]) || Math.sign(seconds), step[0]);
}

/** A span in its two largest units, at least one second: "1 hr 5 min", "45 sec", "1小时5分钟". `seconds` ≥ 0. */
export function formatDuration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), "day"],
    [Math.floor((whole % 86_400) / 3_600), "hour"],
    [Math.floor((whole % 3_600) / 60), "minute"],
    [whole % 60, "second"],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  return shown
    .map(([amount, unit]) =>
      cached(
        `${locale}/unit/${unit}`,
        () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }),
      ).format(amount),
    )
    .join(locale.startsWith("zh") ? "" : " ");
}

/** m:ss, or h:mm:ss from an hour on: running waits and voice notes. `seconds` ≥ 0. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const tail = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Bytes in the unit that suits, powers of 1024: "1.4 MB". */
export function formatBytes(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1_024)));
  const unit = units[power] ?? "byte";
  return cached(
    `${locale}/bytes/${unit}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: "short",
        maximumFractionDigits: power === 0 ? 0 : 1,
      }),
  ).format(bytes / 1_024 ** power);
}

/** A whole or decimal number with the language's separators; `compact` shortens ("1.2万", "12K"). */
export function formatNumber(value: number, locale: string, style: "plain" | "compact" = "plain"): string {
  return cached(
    `${locale}/number/${style}`,
    () =>
      new Intl.NumberFormat(
        locale,
        style === "compact" ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 },
      ),
  ).format(value);
}

/** A share from 0 to 1 as a percentage with at most one decimal. */
export function formatPercent(share: number, locale: string): string {
  return cached(
    `${locale}/percent`,
    () => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }),
  ).format(share);
}

/** Money. `amount` in whole units of `currency` (ISO 4217), not cents. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  return cached(
    `${locale}/money/${currency}`,
    () => new Intl.NumberFormat(locale, { style: "currency", currency }),
  ).format(amount);
}
