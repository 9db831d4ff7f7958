"use client";

import { useCallback, useSyncExternalStore } from "react";

/** How this browser calls its agent. */
export interface AlertPreferences {
  readonly sound: boolean;
  readonly browser: boolean;
}

const KEY = "yingda.desk.alerts";
const USUAL: AlertPreferences = { sound: true, browser: false };
const listeners = new Set<() => void>();
let current: AlertPreferences | undefined;

function stored(): AlertPreferences {
  try {
    const value = JSON.parse(window.localStorage.getItem(KEY) ?? "{}") as Partial<AlertPreferences>;
    return { sound: value.sound !== false, browser: value.browser === true };
  } catch {
    return USUAL;
  }
}

/** The preferences as they are now; to be read when something happens. */
export function alertPreferences(): AlertPreferences {
  current ??= stored();
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useAlertPreferences(): [AlertPreferences, (change: Partial<AlertPreferences>) => void] {
  const preferences = useSyncExternalStore(subscribe, alertPreferences, () => USUAL);
  const change = useCallback((part: Partial<AlertPreferences>) => {
    current = { ...alertPreferences(), ...part };
    try {
      window.localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
      // Forbidden or full: the choice then lasts as long as the page.
    }
    for (const listener of listeners) {
      listener();
    }
  }, []);
  return [preferences, change];
}
