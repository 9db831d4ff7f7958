"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { useConfirm } from "@/components/ui/confirm";
import { controlIndexing, getVectorSearch, removeEmbedder } from "@/lib/knowledge/embeddings/contracts";
import type { VectorSearch } from "@/lib/knowledge/embeddings/schema";

/** While entries are indexed, how often it is asked how far it is. Milliseconds. */
const ASK_MS = 1_500;

/** True while something goes on in the background: a run, or one that is about to begin. */
export function isIndexing({ own, inherited, active, next }: VectorSearch): boolean {
  const wanted = own ? own.enabled : inherited !== null;
  return next ? next.state === "building" : wanted && active === null;
}

/** What the search uses and how far the indexing is, followed while it goes on. */
export function useVectorSearch(initial: VectorSearch) {
  const t = useTranslations("admin-bot.vectors");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const [current, setCurrent] = useState(initial);
  const [busy, setBusy] = useState(false);
  const active = isIndexing(current);

  useEffect(() => {
    if (!active) {
      return;
    }
    let ended = false;
    const timer = setInterval(() => {
      call(getVectorSearch, {})
        .then((now) => (ended ? undefined : setCurrent(now)))
        // The line is down for a moment: what is shown stays, and is asked for again.
        .catch(() => undefined);
    }, ASK_MS);
    return () => {
      ended = true;
      clearInterval(timer);
    };
  }, [active, call]);

  async function run(work: () => Promise<VectorSearch>): Promise<void> {
    setBusy(true);
    try {
      setCurrent(await work());
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return {
    current,
    busy,
    show: setCurrent,
    control: (action: "cancel" | "resume") => run(() => call(controlIndexing, { body: { action } })),
    remove: async () => {
      const agreed = await confirm({
        title: t("removeTitle"),
        body: t("removeBody"),
        confirmLabel: t("remove"),
        danger: true,
      });
      if (agreed) {
        await run(async () => {
          const now = await call(removeEmbedder, {});
          toast.success(t("removed"));
          return now;
        });
      }
    },
  };
}
