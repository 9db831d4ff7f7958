"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { type Draft, decideDraft, listDrafts } from "@/lib/bot/draft-contracts";
import { createClient } from "@/lib/platform/http/client";
import { useDeskState } from "../desk-provider";

/** What an agent decides of a waiting answer. */
export type DraftDecision = { action: "approve" } | { action: "edit"; text: string } | { action: "reject" };

/** The answers that wait, read anew whenever the desk is told of a change or is connected again. */
export function useDrafts() {
  const call = useMemo(() => createClient(), []);
  const changed = useDeskState((state) => state.draftsChanged);
  const connection = useDeskState((state) => state.connection);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);

  const refresh = useCallback(
    // Nothing is lost when it fails: the next change or connection asks again.
    () =>
      call(listDrafts, {}).then(
        ({ items }) => setDrafts(items),
        () => undefined,
      ),
    [call],
  );
  useEffect(() => {
    if (connection !== "lost" && changed >= 0) {
      void refresh();
    }
  }, [refresh, changed, connection]);

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
