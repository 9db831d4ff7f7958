"use client";

import { WandSparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommand, useCommands } from "@/components/shell/commands";
import type { Macro } from "@/lib/conversations/macro-schema";
import { useMacros } from "./use-macros";
import { useRunMacro } from "./use-run-macro";

function MacroCommand({ macro, run }: { macro: Macro; run: (macro: Macro) => void }) {
  const t = useTranslations("desk.macros");
  useCommand({
    label: t("run", { name: macro.name }),
    group: t("title"),
    icon: <WandSparkles aria-hidden />,
    keywords: [macro.shortcut],
    run: () => run(macro),
  });
  return null;
}

/** The macros in the palette, for the open conversation. */
export function MacroCommands({ conversationId }: { conversationId: string }) {
  const { open } = useCommands();
  const { macros } = useMacros(open);
  const runMacro = useRunMacro();
  return macros.map((macro) => (
    <MacroCommand key={macro.id} macro={macro} run={(chosen) => void runMacro(chosen, [conversationId])} />
  ));
}
