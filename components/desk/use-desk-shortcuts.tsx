"use client";

import {
  ArrowDown,
  ArrowLeftRight,
  ArrowUp,
  CircleCheck,
  Hand,
  Lock,
  PanelRight,
  Reply,
  Search,
  Ticket,
  WandSparkles,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect } from "react";
import { useShortcut } from "@/components/shell/shortcuts";
import type { ComposerHandle } from "./composer/composer";
import type { ConversationActions } from "./conversation/use-conversation-actions";
import { useDesk } from "./desk-provider";
import { useTabRows } from "./list/list-pane";
import { TABS } from "./list/list-tabs";
import { useDeskCommand } from "./use-desk-command";
import { useGo, usePlace } from "./use-place";

/** One tab: the keys 1 to 4. */
function TabCommand({ tab, keys }: { tab: (typeof TABS)[number]; keys: string }) {
  const t = useTranslations("desk");
  const go = useGo();
  useDeskCommand({
    keys,
    label: t("shortcuts.tab", { tab: t(`list.${tab}`) }),
    run: () => go({ tab, query: "", filters: undefined }),
  });
  return null;
}

/** Moves through the list, and to the fields that one writes in. */
export function ListCommands({ searchField }: { searchField: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("desk.shortcuts");
  const { tab, conversationId } = usePlace();
  const go = useGo();
  const desk = useDesk();
  const rows = useTabRows(tab);
  const index = rows.findIndex(({ id }) => id === conversationId);

  // The neighbours are loaded ahead, so that the next press of a key shows them at once.
  const [before, after] = [rows[index - 1]?.id, rows[index + 1]?.id];
  useEffect(() => {
    for (const id of index < 0 ? [] : [before, after]) {
      if (id !== undefined) {
        desk.threads.load(id);
      }
    }
  }, [desk, index, before, after]);

  function step(by: number): void {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index < 0 ? 0 : index + by))];
    if (next) {
      go({ conversationId: next.id });
    }
  }

  useDeskCommand({ keys: "j", label: t("next"), icon: <ArrowDown aria-hidden />, run: () => step(1) });
  useDeskCommand({ keys: "k", label: t("previous"), icon: <ArrowUp aria-hidden />, run: () => step(-1) });
  useDeskCommand({
    keys: "/",
    label: t("search"),
    icon: <Search aria-hidden />,
    run: () => searchField.current?.focus(),
  });
  useShortcut("u", t("close"), () => go({ conversationId: undefined }), { group: t("group") });
  return TABS.map((each, place) => <TabCommand key={each} tab={each} keys={String(place + 1)} />);
}

export interface ConversationCommandsProps {
  actions: ConversationActions;
  composer: RefObject<ComposerHandle | null>;
  onTransfer: () => void;
  onTicket: () => void;
  onToggleCustomer: () => void;
}

/** What can be done with the open conversation. */
export function ConversationCommands(props: ConversationCommandsProps) {
  const { actions, composer, onTransfer, onTicket, onToggleCustomer } = props;
  const t = useTranslations("desk.shortcuts");
  const tickets = useTranslations("tickets");
  const { can } = actions;
  useDeskCommand({
    keys: "r",
    label: t("reply"),
    icon: <Reply aria-hidden />,
    run: () => composer.current?.write(false),
  });
  useDeskCommand({ keys: "n", label: t("note"), icon: <Lock aria-hidden />, run: () => composer.current?.write(true) });
  useDeskCommand({
    keys: "m",
    label: t("macros"),
    icon: <WandSparkles aria-hidden />,
    run: () => composer.current?.macros(),
  });
  useDeskCommand({
    keys: "c",
    label: t("claim"),
    icon: <Hand aria-hidden />,
    enabled: can.claim || can.takeOver,
    run: actions.claim,
  });
  useDeskCommand({
    keys: "t",
    label: t("transfer"),
    icon: <ArrowLeftRight aria-hidden />,
    enabled: can.transfer,
    run: onTransfer,
  });
  useDeskCommand({
    keys: "e",
    label: t("resolve"),
    icon: <CircleCheck aria-hidden />,
    enabled: can.resolve,
    run: actions.resolve,
  });
  useDeskCommand({ keys: "w", label: tickets("ofConversation"), icon: <Ticket aria-hidden />, run: onTicket });
  useDeskCommand({ keys: "i", label: t("customer"), icon: <PanelRight aria-hidden />, run: onToggleCustomer });
  return null;
}
