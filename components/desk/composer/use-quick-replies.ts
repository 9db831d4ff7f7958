"use client";

import { useCallback, useEffect, useState } from "react";
import { countQuickReplyUse, listQuickReplies, type QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { useDesk } from "../desk-provider";

interface Loaded {
  readonly replies: readonly QuickReply[];
  readonly at: number;
}

/** How long a list is used before it is asked for again, in milliseconds. */
const FRESH = 60_000;
const cache = new WeakMap<object, Loaded>();

export interface QuickReplies {
  readonly replies: readonly QuickReply[];
  readonly status: "loading" | "ready" | "failed";
  readonly countUse: (id: string) => void;
}

/** The agent's quick replies, asked for when they are first looked for. */
export function useQuickReplies(wanted: boolean): QuickReplies {
  const desk = useDesk();
  const [loaded, setLoaded] = useState(() => cache.get(desk));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!wanted || Date.now() - (cache.get(desk)?.at ?? 0) < FRESH) {
      return undefined;
    }
    const controller = new AbortController();
    desk
      .call(listQuickReplies, {}, controller.signal)
      .then(({ items }) => {
        const fresh = { replies: items, at: Date.now() };
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
  const countUse = useCallback(
    (id: string) => {
      // Only the order of the list depends on it.
      desk.call(countQuickReplyUse, { params: { id } }).catch(() => undefined);
    },
    [desk],
  );
  return { replies: loaded?.replies ?? [], status: loaded ? "ready" : failed ? "failed" : "loading", countUse };
}
