"use client";

import { AlignLeft, MessageSquareReply, Signpost } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/commands";
import { useDeskCommand } from "../use-desk-command";
import type { Assist } from "./use-assist";

/** Help of a model by key and palette; where there is none, asking says why. */
export function AssistCommands({ assist }: { assist: Assist }) {
  const t = useTranslations("desk.assist");
  const { ask, busy } = assist;
  const enabled = !busy;
  useDeskCommand({
    keys: "a",
    label: t("suggest"),
    icon: <MessageSquareReply aria-hidden />,
    enabled,
    run: () => ask({ task: "suggest" }),
  });
  useDeskCommand({
    keys: "x",
    label: t("next"),
    icon: <Signpost aria-hidden />,
    enabled,
    run: () => ask({ task: "next" }),
  });
  const summarise = { label: t("summarise"), group: t("title"), icon: <AlignLeft aria-hidden />, enabled };
  useCommand({ ...summarise, run: () => ask({ task: "summarise" }) });
  return null;
}
