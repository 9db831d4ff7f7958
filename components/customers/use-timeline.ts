"use client";

import { useCallback, useEffect, useState } from "react";
import { customerTimeline, type TimelineItem } from "@/lib/conversations/timeline-contracts";
import { createClient } from "@/lib/platform/http/client";

const PAGE = 15;

interface Loaded {
  readonly items: readonly TimelineItem[];
  readonly nextCursor: string | null;
}

export interface Timeline {
  readonly items: readonly TimelineItem[] | undefined;
  readonly hasMore: boolean;
  readonly status: "loading" | "ready" | "failed";
  /** The next page, or the one that failed again. */
  readonly more: () => void;
}

/**
 * What happened with a customer, page by page.
 *
 * @param freshness changes when something may have happened: it begins anew
 */
export function useTimeline(customerId: string, freshness: string): Timeline {
  const [loaded, setLoaded] = useState<Loaded>();
  const [status, setStatus] = useState<Timeline["status"]>("loading");

  const load = useCallback(
    async (before: Loaded | undefined, signal?: AbortSignal) => {
      const cursor = before?.nextCursor;
      const request = { params: { id: customerId }, query: { limit: PAGE, ...(cursor && { cursor }) } };
      setStatus("loading");
      try {
        const page = await createClient()(customerTimeline, request, signal);
        setLoaded({ items: [...(before?.items ?? []), ...page.items], nextCursor: page.nextCursor });
        setStatus("ready");
      } catch {
        if (!signal?.aborted) {
          setStatus("failed");
        }
      }
    },
    [customerId],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `freshness` asks again
  useEffect(() => {
    const controller = new AbortController();
    void load(undefined, controller.signal);
    return () => controller.abort();
  }, [load, freshness]);

  return { items: loaded?.items, hasMore: Boolean(loaded?.nextCursor), status, more: () => void load(loaded) };
}
