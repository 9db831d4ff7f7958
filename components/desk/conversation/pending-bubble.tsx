"use client";

import { CircleAlert, RotateCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import type { MessagePart } from "@/lib/conversations/schema";
import { useDesk } from "../desk-provider";
import type { PendingMessage } from "../store/thread";
import { bubbleClasses } from "./message-group";
import { MessageParts } from "./message-parts";

function partsOf({ text, files, quote }: PendingMessage): MessagePart[] {
  const words: MessagePart[] = text === "" ? [] : [{ type: "text", text }];
  return [
    ...(quote ? [quote] : []),
    ...words,
    ...files.map((file): MessagePart => ({ type: file.mime.startsWith("image/") ? "image" : "file", ...file })),
  ];
}

/** A message that the server does not have yet: on its way, or failed with its text kept and a way to send it again. */
export function PendingBubble({ conversationId, message }: { conversationId: string; message: PendingMessage }) {
  const t = useTranslations("desk.thread");
  const desk = useDesk();
  const failed = message.state === "failed";
  return (
    <div className="my-2 flex flex-col items-end gap-1 pr-10">
      <div
        className={cn(
          "flex max-w-[78%] flex-col gap-2 rounded-md px-3 py-1.5",
          bubbleClasses[message.visibility === "internal" ? "note" : "ours"],
          failed && "ring-1 ring-danger",
        )}
      >
        <MessageParts parts={partsOf(message)} />
      </div>
      {failed ? (
        <div role="alert" className="flex flex-wrap items-center justify-end gap-1 text-xs text-danger-ink">
          <CircleAlert aria-hidden className="size-3.5" />
          {message.detail === "" ? t("sendOffline") : `${t("sendFailed")} · ${message.detail}`}
          <Button size="sm" variant="ghost" onClick={() => void desk.threads.retry(conversationId, message.clientId)}>
            <RotateCw aria-hidden />
            {t("retry")}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => desk.threads.discard(conversationId, message.clientId)}>
            <Trash2 aria-hidden />
            {t("discard")}
          </Button>
        </div>
      ) : (
        <p className="flex items-center gap-1 text-2xs text-ink-subtle">
          <Spinner silent className="size-3" />
          {t("sending")}
        </p>
      )}
    </div>
  );
}
