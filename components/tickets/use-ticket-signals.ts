"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { useDeskSignals } from "@/components/analytics/use-desk-signals";
import type { RealtimeSettings } from "@/components/realtime/connection";
import type { RealtimeEvent } from "@/lib/events/realtime";

const EVENTS: readonly RealtimeEvent[] = ["ticket.changed"];
/** Signals are gathered this long. */
const GATHER_MS = 500;

/** Calls back a moment after some ticket changed, and once the connection stands again after it was cut. */
export function useTicketSignals(merchantId: string, realtime: RealtimeSettings, onChange: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const connected = useRef(false);
  const change = useEffectEvent(onChange);
  useEffect(() => () => clearTimeout(timer.current), []);
  useDeskSignals(
    merchantId,
    realtime,
    (kind) => {
      // The first connection comes right after the server has rendered.
      const isFirst = kind === "connected" && !connected.current;
      connected.current ||= kind === "connected";
      if (!isFirst) {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => change(), GATHER_MS);
      }
    },
    EVENTS,
  );
}
