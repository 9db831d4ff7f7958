import { newId } from "@/lib/core/ids";
import { LOCALE_COOKIE, negotiateLocale } from "@/lib/i18n/locales";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/database/database";
import { clientIp } from "@/lib/platform/http/client-ip";
import { log } from "@/lib/platform/log/log";
import { cookieOf } from "./authenticate";

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The context of one HTTP request, before it is known who asks. */
export function baseContext(headers: Headers): Omit<Context, "actor"> {
  const given = headers.get("x-request-id") ?? "";
  return {
    db: database(),
    requestId: REQUEST_ID.test(given) ? given : newId("request"),
    locale: negotiateLocale(cookieOf(headers, LOCALE_COOKIE), headers.get("accept-language")),
    now: () => new Date(),
    log: log(),
    ip: clientIp(headers),
  };
}
