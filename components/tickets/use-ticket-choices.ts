"use client";

import { useEffect, useState } from "react";
import { createClient } from "@/lib/platform/http/client";
import { listTicketChoices } from "@/lib/tickets/contracts";
import type { TicketChoices } from "@/lib/tickets/schema";

/** What a ticket can be given, asked for when a form opens. */
export function useTicketChoices(): { choices: TicketChoices | undefined; failed: boolean; retry: () => void } {
  const [choices, setChoices] = useState<TicketChoices>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    const controller = new AbortController();
    setFailed(false);
    createClient()(listTicketChoices, {}, controller.signal)
      .then(setChoices)
      .catch(() => {
        if (!controller.signal.aborted) {
          setFailed(true);
        }
      });
    return () => controller.abort();
  }, [attempt]);
  return { choices, failed, retry: () => setAttempt((count) => count + 1) };
}
