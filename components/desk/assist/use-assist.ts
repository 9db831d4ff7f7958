"use client";

import { useCallback, useEffect, useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import { type AssistTask, assist, getAssist } from "@/lib/bot/assist-contracts";
import type { ContractOutput } from "@/lib/platform/http/contract";
import { useDesk } from "../desk-provider";

export type AssistState = ContractOutput<typeof getAssist> | undefined;

/** What a model gave, and for which task. */
export interface AssistResult extends ContractOutput<typeof assist> {
  readonly task: AssistTask["task"];
}

export interface Assist {
  readonly state: AssistState;
  readonly busy: boolean;
  readonly result: AssistResult | undefined;
  readonly ask: (task: AssistTask) => void;
  readonly dismiss: () => void;
}

/** Help of a model with a conversation; asked whether there is one when it is first wanted. */
export function useAssist(conversationId: string, wanted: boolean): Assist {
  const { call } = useDesk();
  const problemText = useProblemText();
  const [state, setState] = useState<AssistState>();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<AssistResult>();
  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    const controller = new AbortController();
    call(getAssist, {}, controller.signal)
      .then(setState)
      // Unknown is shown as not there yet; opening the menu asks again.
      .catch(() => undefined);
    return () => controller.abort();
  }, [call, wanted]);
  const ask = useCallback(
    (task: AssistTask) => {
      setBusy(true);
      call(assist, { params: { id: conversationId }, body: task })
        .then((answer) => setResult({ ...answer, task: task.task }))
        .catch((error: unknown) => toast.error(problemText(error)))
        .finally(() => setBusy(false));
    },
    [call, conversationId, problemText],
  );
  return { state, busy, result, ask, dismiss: () => setResult(undefined) };
}
