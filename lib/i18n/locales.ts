/** The languages of the interface and where a person's choice is kept. Client-safe. */

export const LOCALES = ["zh-CN", "en"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "zh-CN";
export const DEFAULT_TIME_ZONE = "Asia/Shanghai";

export const LOCALE_COOKIE = "locale";
export const TIME_ZONE_COOKIE = "timezone";

/** Each language under its own name, so that whoever got lost finds home. */
export const LOCALE_NAMES: Record<Locale, string> = { "zh-CN": "简体中文", en: "English" };

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

function bestOfHeader(acceptLanguage: string): Locale | undefined {
  const wanted = acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((first, second) => second.quality - first.quality);
  for (const { tag } of wanted) {
    const language = tag.split("-")[0];
    if (language === "zh") {
      return "zh-CN";
    }
    if (language === "en") {
      return "en";
    }
  }
  return undefined;
}

/**
 * The language to answer in: the person's own choice, else the browser's wish (RFC 9110, 12.5.4), else zh-CN.
 * Every kind of Chinese gets zh-CN.
 */
export function negotiateLocale(choice: string | null | undefined, acceptLanguage: string | null | undefined): Locale {
  return isLocale(choice) ? choice : (bestOfHeader(acceptLanguage ?? "") ?? DEFAULT_LOCALE);
}

/** `value` when it is an IANA time zone that this runtime knows, else Asia/Shanghai. */
export function validTimeZone(value: string | null | undefined): string {
  if (value) {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
    } catch {
      return DEFAULT_TIME_ZONE;
    }
  }
  return DEFAULT_TIME_ZONE;
}
