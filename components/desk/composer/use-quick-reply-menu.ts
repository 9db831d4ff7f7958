"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useId, useMemo, useState } from "react";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import { fillVariables, filterQuickReplies, quickReplyQuery } from "./quick-reply-text";
import { useSuggestionKeys } from "./suggestion-list";
import type { ComposerState } from "./use-composer";
import { type QuickReplies, useQuickReplies } from "./use-quick-replies";

export interface QuickReplyChoice {
  readonly id: string;
  readonly open: boolean;
  readonly quick: QuickReplies;
  readonly shown: readonly QuickReply[];
  readonly active: number;
  readonly pick: (reply: QuickReply) => void;
  /** Tells where the caret is. */
  readonly follow: (caret: number) => void;
  /** Handles arrows, Enter, Tab and Escape while the menu is open. @returns true when the key was for the menu */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** What the `/` in the composer offers, and the keys that choose. */
export function useQuickReplyMenu(row: ConversationSummary, composer: ComposerState): QuickReplyChoice {
  const t = useTranslations("desk.quick");
  const { agent } = useDesk();
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const looked = quickReplyQuery(composer.text, caret);
  const open = looked !== undefined && closedFor !== composer.text;
  const quick = useQuickReplies(open);
  const query = looked?.query ?? "";
  const shown = useMemo(() => filterQuickReplies(quick.replies, query), [quick.replies, query]);

  const pick = useCallback(
    (reply: QuickReply) => {
      const customerName = row.customer.name ?? t("customerFallback");
      composer.insert(fillVariables(reply.text, { customerName, agentName: agent.name }), looked?.from);
      quick.countUse(reply.id);
    },
    [agent.name, composer, looked?.from, quick, row.customer.name, t],
  );

  const keys = useSuggestionKeys(open, shown, pick, () => setClosedFor(composer.text));
  return { id, open, quick, shown, active: keys.active, pick, follow: setCaret, onKey: keys.onKey };
}
