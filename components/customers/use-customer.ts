"use client";

import { useCallback, useEffect, useState } from "react";
import type { z } from "zod";
import { getCustomer, updateCustomer } from "@/lib/customers/contracts";
import type { Customer, customerPatch } from "@/lib/customers/schema";
import { createClient } from "@/lib/platform/http/client";

export type CustomerPatch = z.input<typeof customerPatch>;

/** Profiles looked at before: shown at once when one comes back to them, and asked for again behind that. */
const seen = new Map<string, Customer>();
const SEEN_MOST = 100;

function remember(customer: Customer): void {
  seen.delete(customer.id);
  seen.set(customer.id, customer);
  const oldest = seen.keys().next().value;
  if (seen.size > SEEN_MOST && oldest !== undefined) {
    seen.delete(oldest);
  }
}

export interface CustomerState {
  readonly customer: Customer | undefined;
  readonly failed: boolean;
  readonly retry: () => void;
  /** @throws RequestFailed when the server did not take it */
  readonly save: (patch: CustomerPatch) => Promise<void>;
}

/**
 * A customer's profile.
 *
 * @param freshness changes when the profile may have changed (a new conversation, say): it is asked for again
 */
export function useCustomer(id: string, freshness: string): CustomerState {
  const [customer, setCustomer] = useState(() => seen.get(id));
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` and `freshness` ask again
  useEffect(() => {
    const controller = new AbortController();
    createClient()(getCustomer, { params: { id } }, controller.signal)
      .then((answer) => {
        remember(answer);
        setCustomer(answer);
        setFailed(false);
      })
      .catch(() => {
        if (!controller.signal.aborted) {
          setFailed(true);
        }
      });
    return () => controller.abort();
  }, [id, attempt, freshness]);

  const save = useCallback(
    async (patch: CustomerPatch) => {
      const answer = await createClient()(updateCustomer, { params: { id }, body: patch });
      remember(answer);
      setCustomer(answer);
    },
    [id],
  );

  return { customer, failed, retry: () => setAttempt((count) => count + 1), save };
}
