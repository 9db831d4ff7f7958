"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";

const TICK_MILLISECONDS = 15_000;

let current = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  current = Date.now();
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
    timer = setInterval(tick, TICK_MILLISECONDS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const ServerNowContext = createContext<number>(0);

/** Gives the hydrating page the very moment that the server rendered at, so that both write the same text. */
export function ClockProvider({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNowContext value={now}>{children}</ServerNowContext>;
}

/** Milliseconds since 1970, renewed every 15 s by one timer for the whole page. */
export function useNow(): number {
  const serverNow = use(ServerNowContext);
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => serverNow,
  );
}
