"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { cancelImport, confirmImport, getImport } from "@/lib/knowledge/imports/contracts";
import { ACTIVE, type DuplicateChoice, type KnowledgeImport } from "@/lib/knowledge/imports/schema";

/** While something goes on, how often it is asked how far it is. Milliseconds. */
const ASK_MS = 1_000;

/** An import as it is now: it is followed while something goes on, also after the page was loaded anew. */
export function useImport(initial: KnowledgeImport) {
  const { call, explain } = useRequest();
  const router = useRouter();
  const [current, setCurrent] = useState(initial);
  const [busy, setBusy] = useState(false);
  const active = ACTIVE.includes(current.status);
  const { id } = current;

  useEffect(() => {
    if (!active) {
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    async function ask(): Promise<void> {
      try {
        const next = await call(getImport, { params: { id } });
        if (!ended) {
          setCurrent(next);
        }
      } catch {
        // The line is down for a moment: what is shown stays, and is asked for again.
      }
      if (!ended) {
        timer = setTimeout(() => void ask(), ASK_MS);
      }
    }
    timer = setTimeout(() => void ask(), ASK_MS);
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [active, call, id]);

  async function run(work: () => Promise<KnowledgeImport>): Promise<void> {
    setBusy(true);
    try {
      setCurrent(await work());
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
      setCurrent(await call(getImport, { params: { id } }).catch(() => current));
    } finally {
      setBusy(false);
    }
  }

  return {
    current,
    active,
    busy,
    confirm: (duplicates: DuplicateChoice) => run(() => call(confirmImport, { params: { id }, body: { duplicates } })),
    cancel: () => run(() => call(cancelImport, { params: { id } })),
  };
}
