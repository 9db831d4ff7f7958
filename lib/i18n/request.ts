import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { catalogue } from "./catalogue";
import { isLocale, LOCALE_COOKIE, negotiateLocale, TIME_ZONE_COOKIE, validTimeZone } from "./locales";

/** What next-intl needs for one request: server components may use every namespace, browsers get a selection. */
export default getRequestConfig(async ({ locale: explicit }) => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = isLocale(explicit)
    ? explicit
    : negotiateLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  return {
    locale,
    messages: catalogue[locale],
    timeZone: validTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
    now: new Date(),
  };
});
