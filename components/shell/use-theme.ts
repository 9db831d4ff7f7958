"use client";

import { useCallback, useSyncExternalStore } from "react";
import { rememberPreference } from "./preference-cookie";
import { THEME_COOKIE, type Theme, themeAttribute, toTheme } from "./theme";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The chosen theme and a way to choose. Takes effect at once and is remembered. */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(
    subscribe,
    () => toTheme(document.documentElement.dataset["theme"]),
    () => "system" as const,
  );
  const setTheme = useCallback((next: Theme) => {
    const attribute = themeAttribute(next);
    if (attribute === undefined) {
      delete document.documentElement.dataset["theme"];
    } else {
      document.documentElement.dataset["theme"] = attribute;
    }
    rememberPreference(THEME_COOKIE, next);
    for (const listener of listeners) {
      listener();
    }
  }, []);
  return { theme, setTheme };
}
