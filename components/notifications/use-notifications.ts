"use client";

import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { listNotifications, readNotifications } from "@/lib/notifications/contracts";
import type { Notification } from "@/lib/notifications/schema";
import { createClient } from "@/lib/platform/http/client";

const PAGE = 20;
/** How often pages without a live connection ask, in milliseconds. */
const EVERY = 60_000;

export interface Notifications {
  /** Undefined until the first answer. */
  readonly items: readonly Notification[] | undefined;
  readonly unread: number;
  readonly more: boolean;
  readonly failed: boolean;
  readonly refresh: () => void;
  readonly loadMore: () => void;
  readonly read: (which: { ids: string[] } | { all: true }) => void;
}

interface Loaded {
  readonly items: readonly Notification[];
  readonly nextCursor: string | null;
  readonly unread: number;
}

/** Shown as read at once; the server's answer corrects the number. */
function afterReading(loaded: Loaded, which: { ids: string[] } | { all: true }): Loaded {
  const readAt = new Date().toISOString();
  const isMeant = (item: Notification) => item.readAt === null && ("all" in which || which.ids.includes(item.id));
  const count = loaded.items.filter(isMeant).length;
  return {
    ...loaded,
    items: loaded.items.map((item) => (isMeant(item) ? { ...item, readAt } : item)),
    unread: "all" in which ? 0 : Math.max(0, loaded.unread - count),
  };
}

/** Looks again when the page comes back into sight, and once a minute where nothing live tells of news. */
function useLooking(live: boolean, ask: () => void): void {
  const again = useEffectEvent(ask);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") {
        again();
      }
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("resize", look);
    const timer = live ? undefined : setInterval(look, EVERY);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("resize", look);
      clearInterval(timer);
    };
  }, [live]);
}

/**
 * What the agent should know of.
 *
 * @param signal changes whenever the live connection tells of something new; undefined where there is none, and then
 * the server is asked once a minute
 * @param isShown false for the bell that this width hides: it asks nothing
 */
export function useNotifications(signal: number | undefined, isShown: () => boolean): Notifications {
  const [call] = useState(() => createClient());
  const [loaded, setLoaded] = useState<Loaded>();
  const [failed, setFailed] = useState(false);
  const ask = useEffectEvent(() => {
    if (!isShown()) {
      return;
    }
    call(listNotifications, { query: { limit: PAGE } })
      .then((page) => {
        setLoaded(page);
        setFailed(false);
      })
      // What is shown stays; the next signal asks again.
      .catch(() => setFailed(true));
  });
  const [attempt, setAttempt] = useState(0);
  const refresh = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `signal` and `attempt` ask again
  useEffect(() => ask(), [signal, attempt]);
  useLooking(signal !== undefined, ask);

  async function loadMore(): Promise<void> {
    if (!loaded?.nextCursor) {
      return;
    }
    try {
      const page = await call(listNotifications, { query: { limit: PAGE, cursor: loaded.nextCursor } });
      setLoaded((now) => ({ ...page, items: [...(now?.items ?? []), ...page.items] }));
    } catch {
      setFailed(true);
    }
  }

  function read(which: { ids: string[] } | { all: true }): void {
    setLoaded((now) => now && afterReading(now, which));
    call(readNotifications, { body: which })
      .then(({ unread }) => setLoaded((now) => now && { ...now, unread }))
      .catch(refresh);
  }

  return {
    items: loaded?.items,
    unread: loaded?.unread ?? 0,
    more: Boolean(loaded?.nextCursor),
    failed,
    refresh,
    loadMore: () => void loadMore(),
    read,
  };
}
