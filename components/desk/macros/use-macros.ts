"use client";

import { useEffect, useState } from "react";
import { listMacros } from "@/lib/conversations/macro-contracts";
import type { Macro } from "@/lib/conversations/macro-schema";
import { useDesk } from "../desk-provider";

interface Loaded {
  readonly macros: readonly Macro[];
  readonly at: number;
}

/** How long a list is used before it is asked for again, in milliseconds. */
const FRESH = 60_000;
const NONE: readonly Macro[] = [];
const cache = new WeakMap<object, Loaded>();

/** The macros that the agent may run, asked for when they are first wanted. */
export function useMacros(wanted: boolean): { macros: readonly Macro[]; status: "loading" | "ready" | "failed" } {
  const desk = useDesk();
  const [loaded, setLoaded] = useState(() => cache.get(desk));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || Date.now() - (cache.get(desk)?.at ?? 0) < FRESH) {
      return undefined;
    }
    const controller = new AbortController();
    desk
      .call(listMacros, {}, controller.signal)
      .then(({ items }) => {
        const fresh = { macros: items, at: Date.now() };
        cache.set(desk, fresh);
        setLoaded(fresh);
        setFailed(false);
      })
      .catch(() => {
        if (!controller.signal.aborted) {
          setFailed(true);
        }
      });
    return () => controller.abort();
  }, [desk, wanted]);
  return { macros: loaded?.macros ?? NONE, status: loaded ? "ready" : failed ? "failed" : "loading" };
}

/** Macros whose name or shortcut fits; the most used first, as the server sent them. */
export function filterMacros(macros: readonly Macro[], query: string): Macro[] {
  const wanted = query.trim().toLowerCase();
  return macros.filter(
    ({ name, shortcut }) => name.toLowerCase().includes(wanted) || shortcut.toLowerCase().startsWith(wanted),
  );
}
