"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { RealtimeConnection, RealtimeSettings } from "@/components/realtime/connection";
import type { RealtimeEvent } from "@/lib/events/realtime";
import { realtimeChannel } from "@/lib/platform/realtime/channels";

/** What moves a figure of the wallboard. */
const FIGURES: readonly RealtimeEvent[] = ["conversations.updated", "agent.presence"];

/**
 * Listens on the merchant's desk channel, for everything that moves a figure of the wallboard unless other events are
 * named (in a list that stays the same object). `onSignal` is called for
 * each event, and whenever a connection stands (again): what was pushed while the line was cut is made up for then.
 *
 * @returns whether the line stands at the moment
 */
export function useDeskSignals(
  merchantId: string,
  settings: RealtimeSettings,
  onSignal: (kind: "event" | "connected") => void,
  events: readonly RealtimeEvent[] = FIGURES,
): boolean {
  const [connected, setConnected] = useState(false);
  const signal = useEffectEvent(onSignal);
  const { key, host, port, cluster, tls } = settings;

  useEffect(() => {
    let connection: RealtimeConnection | undefined;
    let ended = false;
    // The figures are there already; the client that keeps them fresh may come after the first paint.
    void import("@/components/realtime/connection").then(({ connectRealtime }) => {
      if (ended) {
        return;
      }
      connection = connectRealtime({ key, host, port, cluster, tls });
      connection.onConnected(() => signal("connected"));
      connection.onState((state) => setConnected(state === "connected"));
      const handlers = Object.fromEntries(events.map((event) => [event, () => signal("event")]));
      connection.subscribe(realtimeChannel.desk(merchantId), handlers);
    });
    return () => {
      ended = true;
      connection?.end();
    };
  }, [merchantId, key, host, port, cluster, tls, events]);

  return connected;
}
