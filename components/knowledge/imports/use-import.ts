"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { cancelImport, confirmImport, getImport } from "@/lib/knowledge/imports/contracts";
import { ACTIVE, type DuplicateChoice, type KnowledgeImport } from "@/lib/knowledge/imports/schema";

/** While something goes on, how often it is asked how far it is. Milliseconds. */
const ASK_MS = 1_000;

/** Asks how far an import is until somebody leaves the page or nothing goes on any more. */
function useFollowing(active: boolean, id: string, show: (current: KnowledgeImport) => void): void {
  const { call } = useRequest();
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
          show(next);
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
  }, [active, call, id, show]);
}

/** An import as it is now: it is followed while something goes on, also after the page was loaded anew. */
export function useImport(initial: KnowledgeImport) {
  const { call, explain } = useRequest();
  const router = useRouter();
  const [current, setCurrent] = useState(initial);
  const [busy, setBusy] = useState(false);
  const active = ACTIVE.includes(current.status);
  const { id } = current;

  useFollowing(active, id, setCurrent);

  async function run(work: () => Promise<KnowledgeImport>): Promise<void> {
    setBusy(true);
    try {
      setCurrent(await work());
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
      await refresh();
    } finally {
      setBusy(false);
    }
  }

  /** What was chosen for rows changes what a yes would write. */
  async function refresh(): Promise<void> {
    setCurrent(await call(getImport, { params: { id } }).catch(() => current));
  }

  return {
    current,
    refresh,
    active,
    busy,
    confirm: (duplicates: DuplicateChoice) => run(() => call(confirmImport, { params: { id }, body: { duplicates } })),
    cancel: () => run(() => call(cancelImport, { params: { id } })),
  };
}
