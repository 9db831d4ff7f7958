"use client";

import { useCallback } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import type { Presence } from "@/lib/identity/schema";
import { useDesk } from "./desk-provider";

/** Changes the agent's own state; says so when the server did not take it. */
export function useSetPresence(): (status: Presence) => void {
  const desk = useDesk();
  const problemText = useProblemText();
  return useCallback(
    (status) => {
      desk.setPresence(status).catch((error: unknown) => toast.error(problemText(error)));
    },
    [desk, problemText],
  );
}
