"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "@/lib/i18n/locales";
import { readPreference, rememberPreference } from "./preference-cookie";

/** Tells the server the browser's time zone, once, and renders anew where the server had guessed wrong. */
export function TimeZoneMemory() {
  const router = useRouter();
  const assumed = useTimeZone();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // Compared with the cookie first: browser and server may call the same zone by two names, for ever.
    if (actual && actual !== readPreference(TIME_ZONE_COOKIE)) {
      rememberPreference(TIME_ZONE_COOKIE, actual);
      if (actual !== assumed) {
        router.refresh();
      }
    }
  }, [assumed, router]);
  return null;
}
