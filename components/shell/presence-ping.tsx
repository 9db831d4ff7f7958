"use client";

import { useEffect } from "react";
import { pingPresence } from "@/lib/identity/contracts";
import { createClient } from "@/lib/platform/http/client";

/** The server counts a desk as gone after 90 seconds without a sign. */
const EVERY_MS = 30_000;
/** After a pause the first key or pointer is told at once, but no more often than this. */
const AT_MOST_MS = 5_000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

/**
 * Tells the server that this person's desk is open and whether they were at it, so that idle agents become away and
 * those who are gone offline (features.md A7). In several tabs at once one of them is enough.
 */
export function PresencePing() {
  useEffect(() => {
    const call = createClient();
    let active = true;
    let toldAt = 0;
    let idle = false;
    const tell = () => {
      const wasActive = active;
      active = false;
      idle = !wasActive;
      toldAt = Date.now();
      // What is lost is made up for by the next one.
      call(pingPresence, { body: { active: wasActive } }).catch(() => {
        active ||= wasActive;
      });
    };
    const note = () => {
      active = true;
      if (idle && Date.now() - toldAt > AT_MOST_MS) {
        tell();
      }
    };
    const wake = () => {
      if (document.visibilityState === "visible") {
        note();
      }
    };
    tell();
    const timer = setInterval(tell, EVERY_MS);
    for (const sign of SIGNS) {
      window.addEventListener(sign, note, { passive: true, capture: true });
    }
    document.addEventListener("visibilitychange", wake);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) {
        window.removeEventListener(sign, note, { capture: true });
      }
      document.removeEventListener("visibilitychange", wake);
    };
  }, []);
  return null;
}
