"use client";

import { useCallback, useMemo } from "react";
import { type Draft, decideDraft, listDrafts } from "@/lib/bot/draft-contracts";
import { createClient } from "@/lib/platform/http/client";
import { useDeskState } from "../desk-provider";
import { useLiveList } from "../use-live-list";

/** What an agent decides of a waiting answer. */
export type DraftDecision = { action: "approve" } | { action: "edit"; text: string } | { action: "reject" };

/** The answers that wait, read anew whenever the desk is told of a change or is connected again. */
export function useDrafts() {
  const call = useMemo(() => createClient(), []);
  const changed = useDeskState((state) => state.draftsChanged);
  const ask = useCallback(() => call(listDrafts, {}), [call]);
  const { items: drafts, refresh } = useLiveList<Draft>(ask, changed);

  const decide = useCallback(
    async (id: string, decision: DraftDecision): Promise<void> => {
      try {
        await call(decideDraft, { params: { id }, body: decision });
      } finally {
        await refresh();
      }
    },
    [call, refresh],
  );
  return { drafts, decide };
}
