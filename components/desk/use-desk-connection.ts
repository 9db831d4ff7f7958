"use client";

import { useEffect, useRef, useState } from "react";
import { connectRealtime, type RealtimeConnection } from "@/components/realtime/connection";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { useDesk, useDeskSettings } from "./desk-provider";
import { usePlace } from "./use-place";

/** Shortest time between two resyncs, in milliseconds: a flapping network must not flood the server. */
const RESYNC_EVERY = 2_000;

/**
 * Keeps the desk live: pushes while the connection stands, and a resync whenever some may have been missed — after a
 * reconnect, when the page is looked at again, when the network is back.
 */
export function useDeskConnection(): void {
  const desk = useDesk();
  const { realtime } = useDeskSettings();
  const { conversationId } = usePlace();
  const [connection, setConnection] = useState<RealtimeConnection>();
  const resyncedAt = useRef(0);

  useEffect(() => {
    const live = connectRealtime(realtime);
    const resync = () => {
      if (Date.now() - resyncedAt.current >= RESYNC_EVERY) {
        resyncedAt.current = Date.now();
        desk.resync();
      }
    };
    const wake = () => {
      if (document.visibilityState === "visible") {
        live.retryNow();
        resync();
      }
    };
    live.onState((state) => desk.setConnection(state));
    // The first connection too: something may have happened between the server's rendering and now.
    live.onConnected(resync);
    const ends = [
      live.subscribe(realtimeChannel.desk(desk.agent.merchantId), desk.events),
      live.subscribe(realtimeChannel.agent(desk.agent.id), desk.events),
    ];
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("online", wake);
    setConnection(live);
    return () => {
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      for (const end of ends) {
        end();
      }
      live.end();
      setConnection(undefined);
    };
  }, [desk, realtime]);

  useEffect(() => {
    if (connection === undefined || conversationId === undefined) {
      return undefined;
    }
    const end = connection.subscribe(realtimeChannel.conversation(conversationId), desk.events);
    return end;
  }, [connection, conversationId, desk]);
}
