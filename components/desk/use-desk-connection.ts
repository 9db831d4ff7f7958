"use client";

import { useEffect, useState } from "react";
import { connectRealtime, type RealtimeConnection } from "@/components/realtime/connection";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { useDesk, useDeskSettings } from "./desk-provider";
import { usePlace } from "./use-place";

/** Shortest time between two resyncs, in milliseconds: a flapping network must not flood the server. */
const RESYNC_EVERY = 2_000;

/** Runs at once, then at most once in `every` milliseconds; what was asked for meanwhile is done at the end of that time. */
function createThrottle(action: () => void, every: number): { run: () => void; end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  function run(): void {
    if (timer !== undefined) {
      asked = true;
      return;
    }
    asked = false;
    action();
    timer = setTimeout(() => {
      timer = undefined;
      if (asked) {
        run();
      }
    }, every);
  }
  return { run, end: () => clearTimeout(timer) };
}

/**
 * Keeps the desk live: pushes while the connection stands, and a resync whenever some may have been missed — after a
 * reconnect, when the page is looked at again, when the network is back.
 */
export function useDeskConnection(): void {
  const desk = useDesk();
  const { realtime } = useDeskSettings();
  const { conversationId } = usePlace();
  const [connection, setConnection] = useState<RealtimeConnection>();

  useEffect(() => {
    const live = connectRealtime(realtime);
    const { run: resync, end: endResync } = createThrottle(() => desk.resync(), RESYNC_EVERY);
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
      endResync();
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
