"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { RealtimeSettings } from "@/components/realtime/connection";
import { getLiveNumbers, type LiveNumbers } from "@/lib/analytics/contracts";
import { createClient } from "@/lib/platform/http/client";
import { useDeskSignals } from "./use-desk-signals";

/** Signals are gathered this long: a busy desk sends twelve a second. */
const GATHER_MS = 400;
/** From a new connection to its channel, at most. */
const REJOINED_MS = 1_500;
/** Metric facts are written a few seconds after the change (lib/events/routes.ts); the figures then catch up. */
const SETTLED_MS = 7_000;
/** Without any signal: waits grow and days turn by themselves. */
const IDLE_MS = 30_000;

/** Asks for the numbers, one request at a time: what is asked for during one is asked once more after it. */
function useLoader(initial: LiveNumbers) {
  const [numbers, setNumbers] = useState(initial);
  const [stale, setStale] = useState(false);
  const running = useRef(false);
  const again = useRef(false);

  const load = useCallback(async () => {
    again.current = true;
    if (running.current) {
      return;
    }
    running.current = true;
    try {
      while (again.current) {
        again.current = false;
        setNumbers(await createClient()(getLiveNumbers, {}));
        setStale(false);
      }
    } catch {
      // The last figures stay, marked as such; the next signal or the idle turn asks again.
      setStale(true);
    } finally {
      running.current = false;
    }
  }, []);

  return { numbers, stale, load };
}

/** Runs work after a while: `gather` keeps the first date that was set, `postpone` the last. */
function useLater(work: () => Promise<void>) {
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  useEffect(() => {
    const pending = timers.current;
    return () => {
      for (const timer of pending.values()) {
        clearTimeout(timer);
      }
      pending.clear();
    };
  }, []);

  return useCallback(
    (name: "gather" | "postpone", milliseconds: number) => {
      const waiting = timers.current.get(name);
      if (waiting !== undefined && name === "gather") {
        return;
      }
      clearTimeout(waiting);
      const run = () => {
        timers.current.delete(name);
        void work();
      };
      timers.current.set(name, setTimeout(run, milliseconds));
    },
    [work],
  );
}

/** Runs work now and then, and whenever the page comes into sight again. */
function useIdleTurns(work: () => Promise<void>): void {
  useEffect(() => {
    const turn = () => {
      if (document.visibilityState === "visible") {
        void work();
      }
    };
    const timer = setInterval(turn, IDLE_MS);
    document.addEventListener("visibilitychange", turn);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", turn);
    };
  }, [work]);
}

/** The dashboard's numbers, kept right by the desk's realtime channel and asked for anew after every reconnect. */
export function useLiveNumbers(initial: LiveNumbers, merchantId: string, realtime: RealtimeSettings) {
  const { numbers, stale, load } = useLoader(initial);
  const later = useLater(load);
  useIdleTurns(load);
  const connected = useDeskSignals(merchantId, realtime, (kind) => {
    if (kind === "connected") {
      void load();
    }
    // After a reconnect once more, for what happened until the channel was subscribed again.
    later("gather", kind === "connected" ? REJOINED_MS : GATHER_MS);
    later("postpone", SETTLED_MS);
  });
  return { numbers, stale, connected };
}
