"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "@/lib/i18n/locales";
import { rememberPreference } from "./preference-cookie";

/** Tells the server the browser's time zone, once, and renders anew where the server had guessed wrong. */
export function TimeZoneMemory() {
  const router = useRouter();
  const assumed = useTimeZone();
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (actual && actual !== assumed) {
      rememberPreference(TIME_ZONE_COOKIE, actual);
      router.refresh();
    }
  }, [assumed, router]);
  return null;
}
