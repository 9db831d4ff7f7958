"use client";

import { useEffect, useState } from "react";
import type { CardKind } from "@/lib/channels/card-schema";
import { getReplyAllowance, type ReplyAllowance } from "@/lib/conversations/reply-window-contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { useDesk, useDeskState } from "../desk-provider";

/** What may be sent in a conversation, as the server tells it. */
export interface SendingFacts {
  readonly allowance: ReplyAllowance | null;
  readonly cards: readonly CardKind[];
  readonly templates: boolean;
}

const NOTHING_KNOWN: SendingFacts = { allowance: null, cards: [], templates: false };

/** When to ask once more after no answer came, in milliseconds. */
const RETRY_MS = 10_000;
/** Longest delay that a browser's timer takes, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

/**
 * What may be sent: how much the customer's platform still takes (null where none counts), cards, templates. Asked again after each
 * message, when one of ours was or was not delivered, and when the window closes.
 */
export function useReplyAllowance({ id }: ConversationSummary): SendingFacts {
  const desk = useDesk();
  const [facts, setFacts] = useState(NOTHING_KNOWN);
  /** A channel that counts nothing today counts nothing tomorrow: it is not asked again. */
  const [counts, setCounts] = useState(true);
  const [turn, setTurn] = useState(0);
  const news = useDeskState((state) => {
    const messages = state.threads.get(id)?.messages ?? [];
    return `${messages.length}:${messages.slice(-10).map(({ seq, delivery }) => `${seq}${delivery}`)}`;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened in the thread is a reason to ask again
  useEffect(() => {
    if (!counts) {
      return;
    }
    const controller = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    desk
      .call(getReplyAllowance, { params: { id } }, controller.signal)
      .then((found) => {
        setFacts(found);
        setCounts(found.allowance !== null);
      })
      // The server decides all the same when something is sent; what it says before is asked for once more.
      .catch(() => {
        again = controller.signal.aborted ? undefined : setTimeout(() => setTurn((before) => before + 1), RETRY_MS);
      });
    return () => {
      controller.abort();
      clearTimeout(again);
    };
  }, [desk, id, news, turn, counts]);
  const { allowance } = facts;
  useEffect(() => {
    const left = allowance?.state === "open" && allowance.until ? Date.parse(allowance.until) - Date.now() : undefined;
    const timer =
      left === undefined || left > LONGEST_TIMER
        ? undefined
        : setTimeout(() => setTurn((before) => before + 1), Math.max(left, 0) + 1_000);
    return () => clearTimeout(timer);
  }, [allowance]);
  return facts;
}
