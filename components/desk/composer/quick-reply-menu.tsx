"use client";

import { useTranslations } from "next-intl";
import { useMacroSummary } from "@/components/macros/use-macro-summary";
import { Badge } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import type { Macro } from "@/lib/conversations/macro-schema";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { SuggestionList } from "./suggestion-list";
import type { QuickReplies } from "./use-quick-replies";
import type { Prepared } from "./use-quick-reply-menu";

function Shortcut({ shortcut }: { shortcut: string }) {
  return shortcut === "" ? null : <span className="text-xs text-ink-subtle">/{shortcut}</span>;
}

function Reply({ reply }: { reply: QuickReply }) {
  const t = useTranslations("desk.quick");
  return (
    <>
      <span className="flex items-center gap-2">
        <span className="truncate font-medium">{reply.title}</span>
        <Shortcut shortcut={reply.shortcut} />
        <Badge tone="neutral" className="ml-auto shrink-0">
          {reply.folder || t(reply.personal ? "personal" : "shared")}
        </Badge>
      </span>
      <span className="line-clamp-1 text-sm text-ink-muted">{reply.text}</span>
    </>
  );
}

function MacroLine({ macro }: { macro: Macro }) {
  const t = useTranslations("desk.macros");
  const summary = useMacroSummary();
  return (
    <>
      <span className="flex items-center gap-2">
        <span className="truncate font-medium">{macro.name}</span>
        <Shortcut shortcut={macro.shortcut} />
        <Badge tone="accent" className="ml-auto shrink-0">
          {t("one")}
        </Badge>
      </span>
      <span className="line-clamp-1 text-sm text-ink-muted">{summary(macro.actions)}</span>
    </>
  );
}

export interface QuickReplyMenuProps {
  id: string;
  quick: QuickReplies;
  shown: readonly Prepared[];
  active: number;
  onPick: (prepared: Prepared) => void;
}

/** The prepared answers and macros that fit what stands after the `/`. */
export function QuickReplyMenu({ id, quick, shown, active, onPick }: QuickReplyMenuProps) {
  const t = useTranslations("desk.quick");
  const nothing = quick.status === "failed" ? "failed" : quick.replies.length === 0 ? "none" : "empty";
  return (
    <SuggestionList
      id={id}
      label={t("label")}
      items={shown}
      active={active}
      onPick={onPick}
      keyOf={({ item }) => item.id}
      empty={quick.status === "loading" ? <Spinner /> : t(nothing)}
    >
      {(prepared) =>
        prepared.kind === "reply" ? <Reply reply={prepared.item} /> : <MacroLine macro={prepared.item} />
      }
    </SuggestionList>
  );
}
