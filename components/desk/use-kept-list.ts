"use client";

import { useEffect, useState } from "react";
import { useDesk } from "./desk-provider";
import type { Desk } from "./store/desk";

/** How long a list is used before it is asked for again, in milliseconds. */
const FRESH = 60_000;

interface Kept<Item> {
  readonly items: readonly Item[];
  readonly at: number;
}

/** A list of the desk that outlives what shows it. `load` asks the server for it. */
export interface KeptList<Item> {
  readonly kept: WeakMap<Desk, Kept<Item>>;
  readonly load: (desk: Desk, signal: AbortSignal) => Promise<{ readonly items: readonly Item[] }>;
}

export function keptList<Item>(load: KeptList<Item>["load"]): KeptList<Item> {
  return { kept: new WeakMap(), load };
}

export interface KeptItems<Item> {
  readonly items: readonly Item[];
  readonly status: "loading" | "ready" | "failed";
}

const NONE: readonly never[] = [];

/** The list, asked for when it is first wanted, and again when what is known is older than a minute. */
export function useKeptList<Item>(list: KeptList<Item>, wanted: boolean): KeptItems<Item> {
  const desk = useDesk();
  const [loaded, setLoaded] = useState(() => list.kept.get(desk));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || Date.now() - (list.kept.get(desk)?.at ?? 0) < FRESH) {
      return undefined;
    }
    const controller = new AbortController();
    list
      .load(desk, controller.signal)
      .then(({ items }) => {
        const fresh = { items, at: Date.now() };
        list.kept.set(desk, fresh);
        setLoaded(fresh);
        setFailed(false);
      })
      .catch(() => {
        if (!controller.signal.aborted) {
          setFailed(true);
        }
      });
    return () => controller.abort();
  }, [desk, list, wanted]);
  return { items: loaded?.items ?? NONE, status: loaded ? "ready" : failed ? "failed" : "loading" };
}
