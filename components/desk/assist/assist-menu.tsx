"use client";

import { AlignLeft, Languages, MessageSquareReply, Scissors, Signpost, Sparkles, SpellCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import { ASSIST_LANGUAGES } from "@/lib/bot/assist-contracts";
import type { Assist } from "./use-assist";

export interface AssistMenuProps {
  assist: Assist;
  /** What the agent has written so far. */
  text: string;
  onOpen: () => void;
}

/** What a model can do here. Without one the lines are there but off, and it says why. */
export function AssistMenu({ assist, text, onOpen }: AssistMenuProps) {
  const t = useTranslations("desk.assist");
  const { state, busy, ask } = assist;
  const off = state?.available !== true || busy;
  const written = text.trim();
  const noText = off || written === "";
  return (
    <DropdownMenu onOpenChange={(open) => (open ? onOpen() : undefined)}>
      <Tooltip content={t("title")}>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("title")}>{busy ? <Spinner silent /> : <Sparkles aria-hidden />}</IconButton>
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent align="start" side="top" className="w-64">
        {state && !state.available ? (
          <DropdownMenuLabel className="font-normal whitespace-normal text-ink-muted">
            {t(`reason.${state.reason ?? "none"}`)}
          </DropdownMenuLabel>
        ) : null}
        <DropdownMenuItem disabled={off} onSelect={() => ask({ task: "suggest" })}>
          <MessageSquareReply aria-hidden />
          {t("suggest")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={off} onSelect={() => ask({ task: "next" })}>
          <Signpost aria-hidden />
          {t("next")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={off} onSelect={() => ask({ task: "summarise" })}>
          <AlignLeft aria-hidden />
          {t("summarise")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={noText} onSelect={() => ask({ task: "polish", text: written })}>
          <SpellCheck aria-hidden />
          {t("polish")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={noText} onSelect={() => ask({ task: "shorten", text: written })}>
          <Scissors aria-hidden />
          {t("shorten")}
        </DropdownMenuItem>
        {ASSIST_LANGUAGES.map((language) => (
          <DropdownMenuItem
            key={language}
            disabled={noText}
            onSelect={() => ask({ task: "translate", text: written, language })}
          >
            <Languages aria-hidden />
            {t(language === "en" ? "toEnglish" : "toChinese")}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
