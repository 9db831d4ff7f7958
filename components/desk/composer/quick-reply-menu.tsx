"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { floatingClasses } from "@/components/ui/floating-classes";
import { Spinner } from "@/components/ui/spinner";
import type { QuickReply } from "@/lib/conversations/quick-reply-contracts";
import type { QuickReplies } from "./use-quick-replies";

export interface QuickReplyMenuProps {
  id: string;
  quick: QuickReplies;
  shown: readonly QuickReply[];
  active: number;
  onPick: (reply: QuickReply) => void;
}

/** The list above the composer while a `/` is being written. The text field keeps the focus and names the active line. */
export function QuickReplyMenu({ id, quick, shown, active, onPick }: QuickReplyMenuProps) {
  const t = useTranslations("desk.quick");
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      className={cn(floatingClasses, "absolute inset-x-2 bottom-full mb-1 max-h-72 overflow-y-auto p-1")}
      data-state="open"
    >
      {shown.length === 0 ? (
        <p className="flex items-center justify-center gap-2 px-3 py-4 text-sm text-ink-muted">
          {quick.status === "loading" ? (
            <Spinner />
          ) : (
            t(quick.status === "failed" ? "failed" : quick.replies.length === 0 ? "none" : "empty")
          )}
        </p>
      ) : null}
      <div ref={list} id={id} role="listbox" aria-label={t("label")}>
        {shown.map((reply, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the text field keeps the focus and handles the keys
          <div
            key={reply.id}
            id={`${id}-${index}`}
            data-index={index}
            role="option"
            aria-selected={index === active}
            // Keeps the caret where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(reply)}
            className={cn("cursor-default rounded-sm px-2 py-1.5 hover:bg-hover", index === active && "bg-selected")}
          >
            <span className="flex items-center gap-2">
              <span className="truncate font-medium">{reply.title}</span>
              {reply.shortcut === "" ? null : <span className="text-xs text-ink-subtle">/{reply.shortcut}</span>}
              <Badge tone="neutral" className="ml-auto shrink-0">
                {reply.folder || t(reply.personal ? "personal" : "shared")}
              </Badge>
            </span>
            <span className="line-clamp-1 text-sm text-ink-muted">{reply.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
