"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useProblemText } from "@/components/shell/use-problem-text";
import type { ConversationSummary } from "@/lib/conversations/schema";
import { useDesk, useDeskSettings } from "../desk-provider";

type Verb = "claim" | "resolve" | "reopen" | "snooze" | "wake" | "prioritise" | "translate";

export interface ConversationActions {
  /** What can be done now; the others are not offered. */
  readonly can: { readonly [Action in Verb | "takeOver" | "transfer"]: boolean };
  readonly busy: Verb | undefined;
  readonly claim: () => void;
  readonly resolve: () => void;
  readonly reopen: () => void;
  /** @param until ISO 8601, or null: until the customer writes */
  readonly snooze: (until: string | null) => void;
  readonly wake: () => void;
  readonly prioritise: (priority: number) => void;
  readonly translate: (on: boolean) => void;
}

const CLAIMABLE = new Set(["bot", "queued", "offline"]);
const HELD = new Set(["assigned", "snoozed"]);
const DONE = {
  claim: "claimed",
  resolve: "resolved",
  reopen: "reopened",
  snooze: "snoozed",
  wake: "woken",
  prioritise: "prioritised",
  translate: "translationChanged",
} as const;

/** What the agent may do with a conversation: the same table as the server's (lib/conversations/policy.ts). */
export function useConversationActions(row: ConversationSummary): ConversationActions {
  const t = useTranslations("desk.conversation");
  const desk = useDesk();
  const { translates } = useDeskSettings();
  const problemText = useProblemText();
  const [busy, setBusy] = useState<Verb>();
  const { agent } = desk;
  const mine = row.assignee?.id === agent.id;
  const held = HELD.has(row.status);
  const ended = row.status === "resolved" || row.status === "closed";
  const mayAct = !ended && (!held || mine || agent.mayTakeOver || row.assignee === null);

  async function run(verb: Verb, work: Promise<void>): Promise<void> {
    setBusy(verb);
    try {
      await work;
      toast.success(t(DONE[verb]));
    } catch (error) {
      toast.error(problemText(error));
    } finally {
      setBusy(undefined);
    }
  }

  return {
    can: {
      claim: CLAIMABLE.has(row.status) || (held && row.assignee === null),
      takeOver: held && row.assignee !== null && !mine && agent.mayTakeOver,
      transfer: mayAct,
      resolve: mayAct,
      reopen: row.status === "resolved",
      snooze: row.status === "assigned" && mayAct,
      wake: row.status === "snoozed" && mayAct,
      prioritise: !ended,
      translate: translates && !ended,
    },
    busy,
    claim: () => void run("claim", desk.claim(row.id)),
    resolve: () => void run("resolve", desk.resolve(row.id)),
    reopen: () => void run("reopen", desk.reopen(row.id)),
    snooze: (until) => void run("snooze", desk.snooze(row.id, until)),
    wake: () => void run("wake", desk.wake(row.id)),
    translate: (on) => void run("translate", desk.translate(row.id, on)),
    prioritise: (priority) => void run("prioritise", desk.prioritise(row.id, priority)),
  };
}
