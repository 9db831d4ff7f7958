"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Spinner } from "@/components/ui/spinner";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import { SuggestionList } from "./suggestion-list";
import type { QuickReplies } from "./use-quick-replies";

export interface QuickReplyMenuProps {
  id: string;
  quick: QuickReplies;
  shown: readonly QuickReply[];
  active: number;
  onPick: (reply: QuickReply) => void;
}

/** The prepared answers that fit what stands after the `/`. */
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
      keyOf={(reply) => reply.id}
      empty={quick.status === "loading" ? <Spinner /> : t(nothing)}
    >
      {(reply) => (
        <>
          <span className="flex items-center gap-2">
            <span className="truncate font-medium">{reply.title}</span>
            {reply.shortcut === "" ? null : <span className="text-xs text-ink-subtle">/{reply.shortcut}</span>}
            <Badge tone="neutral" className="ml-auto shrink-0">
              {reply.folder || t(reply.personal ? "personal" : "shared")}
            </Badge>
          </span>
          <span className="line-clamp-1 text-sm text-ink-muted">{reply.text}</span>
        </>
      )}
    </SuggestionList>
  );
}
