"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useId, useMemo, useState } from "react";
import type { Macro } from "@/lib/conversations/macro-schema";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { fillVariables, type ReplyValues } from "@/lib/core/reply-variables";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { useDesk } from "../desk-provider";
import { filterMacros, useMacros } from "../macros/use-macros";
import { useRunMacro } from "../macros/use-run-macro";
import { filterQuickReplies, quickReplyQuery } from "./quick-reply-text";
import { useSuggestionKeys } from "./suggestion-list";
import type { ComposerState } from "./use-composer";
import { type QuickReplies, useQuickReplies } from "./use-quick-replies";

/** What a `/` offers: words to put in, or a macro to run. */
export type Prepared =
  | { readonly kind: "reply"; readonly item: QuickReply }
  | { readonly kind: "macro"; readonly item: Macro };

export interface QuickReplyChoice {
  readonly id: string;
  readonly open: boolean;
  readonly quick: QuickReplies;
  readonly shown: readonly Prepared[];
  readonly active: number;
  readonly pick: (prepared: Prepared) => void;
  /** Tells where the caret is. */
  readonly follow: (caret: number) => void;
  /** Handles arrows, Enter, Tab and Escape while the menu is open. @returns true when the key was for the menu */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** What the variables of a prepared text stand for in a conversation. */
function useReplyValues(): (row: ConversationSummary) => ReplyValues {
  const t = useTranslations("desk.quick");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { agent } = useDesk();
  return useCallback(
    ({ customer, channel }) => ({
      "customer.name": customer.name ?? t("customerFallback"),
      "agent.name": agent.name,
      "merchant.name": agent.merchantName,
      "channel.name": channel.name,
      date: formatDate(Date.now(), "date", locale, timeZone),
    }),
    [agent, locale, t, timeZone],
  );
}

/** What the `/` in the composer offers, and the keys that choose. */
export function useQuickReplyMenu(row: ConversationSummary, composer: ComposerState): QuickReplyChoice {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const looked = quickReplyQuery(composer.text, caret);
  const open = looked !== undefined && closedFor !== composer.text;
  const quick = useQuickReplies(open);
  const query = looked?.query ?? "";
  const valuesOf = useReplyValues();
  const { macros } = useMacros(open);
  const runMacro = useRunMacro();
  const shown = useMemo(
    (): Prepared[] => [
      ...filterQuickReplies(quick.replies, query).map((item) => ({ kind: "reply" as const, item })),
      ...filterMacros(macros, query).map((item) => ({ kind: "macro" as const, item })),
    ],
    [quick.replies, macros, query],
  );

  const pick = useCallback(
    ({ kind, item }: Prepared) => {
      if (kind === "macro") {
        composer.insert("", looked?.from);
        void runMacro(item, [row.id]);
        return;
      }
      composer.insert(fillVariables(item.text, valuesOf(row)), looked?.from);
      quick.countUse(item.id);
    },
    [composer, looked?.from, quick, row, runMacro, valuesOf],
  );

  const keys = useSuggestionKeys(open, shown, pick, () => setClosedFor(composer.text));
  return { id, open, quick, shown, active: keys.active, pick, follow: setCaret, onKey: keys.onKey };
}
