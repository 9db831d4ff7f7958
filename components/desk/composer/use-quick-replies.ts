"use client";

import { useCallback } from "react";
import { countQuickReplyUse, listQuickReplies, type QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { useDesk } from "../desk-provider";
import { type KeptItems, keptList, useKeptList } from "../use-kept-list";

const QUICK_REPLIES = keptList<QuickReply>((desk, signal) => desk.call(listQuickReplies, {}, signal));

export interface QuickReplies {
  readonly replies: readonly QuickReply[];
  readonly status: KeptItems<QuickReply>["status"];
  readonly countUse: (id: string) => void;
}

/** The agent's quick replies, asked for when they are first looked for. */
export function useQuickReplies(wanted: boolean): QuickReplies {
  const desk = useDesk();
  const { items, status } = useKeptList(QUICK_REPLIES, wanted);
  const countUse = useCallback(
    (id: string) => {
      // Only the order of the list depends on it.
      desk.call(countQuickReplyUse, { params: { id } }).catch(() => undefined);
    },
    [desk],
  );
  return { replies: items, status, countUse };
}
