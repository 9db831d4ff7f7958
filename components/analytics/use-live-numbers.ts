"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { getLiveNumbers, type LiveNumbers } from "@/lib/analytics/contracts";
import { createClient } from "@/lib/platform/http/client";
import { type RealtimeSettings, useDeskSignals } from "./use-desk-signals";

/** Signals are gathered this long: a busy desk sends twelve a second. */
const GATHER_MS = 400;
/** Metric facts are written a few seconds after the change (lib/events/routes.ts); the figures then catch up. */
const SETTLED_MS = 7_000;
/** Without any signal: waits grow and days turn by themselves. */
const IDLE_MS = 30_000;

/** The dashboard's numbers, kept right by the desk's realtime channel and asked for anew after every reconnect. */
export function useLiveNumbers(initial: LiveNumbers, merchantId: string, realtime: RealtimeSettings) {
  const [numbers, setNumbers] = useState(initial);
  const [stale, setStale] = useState(false);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const running = useRef(false);
  const again = useRef(false);

  const load = useCallback(async () => {
    if (running.current) {
      again.current = true;
      return;
    }
    running.current = true;
    try {
      do {
        again.current = false;
        setNumbers(await createClient()(getLiveNumbers, {}));
        setStale(false);
      } while (again.current);
    } catch {
      // The last figures stay, marked as such; the next signal or the idle turn asks again.
      setStale(true);
    } finally {
      running.current = false;
    }
  }, []);

  const soon = useCallback(
    (name: string, milliseconds: number, replace: boolean) => {
      if (timers.current.has(name) && !replace) {
        return;
      }
      clearTimeout(timers.current.get(name));
      timers.current.set(
        name,
        setTimeout(() => {
          timers.current.delete(name);
          void load();
        }, milliseconds),
      );
    },
    [load],
  );

  const connected = useDeskSignals(merchantId, realtime, (kind) => {
    if (kind === "connected") {
      void load();
      return;
    }
    soon("gathered", GATHER_MS, false);
    soon("settled", SETTLED_MS, true);
  });

  useEffect(() => {
    const pending = timers.current;
    const idle = setInterval(() => {
      if (document.visibilityState === "visible") {
        void load();
      }
    }, IDLE_MS);
    const onVisible = () => {
      if (document.visibilityState === "visible") {
        void load();
      }
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearInterval(idle);
      document.removeEventListener("visibilitychange", onVisible);
      for (const timer of pending.values()) {
        clearTimeout(timer);
      }
      pending.clear();
    };
  }, [load]);

  return { numbers, stale, connected };
}
