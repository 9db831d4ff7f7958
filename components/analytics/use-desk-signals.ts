"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { RealtimeConnection, RealtimeSettings } from "@/components/realtime/connection";
import { realtimeChannel } from "@/lib/platform/realtime/channels";

/**
 * Listens on the merchant's desk channel for everything that moves a figure of the wallboard. `onSignal` is called for
 * each event, and whenever a connection stands (again): what was pushed while the line was cut is made up for then.
 *
 * @returns whether the line stands at the moment
 */
export function useDeskSignals(
  merchantId: string,
  settings: RealtimeSettings,
  onSignal: (kind: "event" | "connected") => void,
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
      connection.subscribe(realtimeChannel.desk(merchantId), {
        "conversations.updated": () => signal("event"),
        "agent.presence": () => signal("event"),
      });
    });
    return () => {
      ended = true;
      connection?.end();
    };
  }, [merchantId, key, host, port, cluster, tls]);

  return connected;
}
