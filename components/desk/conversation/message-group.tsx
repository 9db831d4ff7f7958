"use client";

import { Bot, Check, CheckCheck, CircleAlert, Clock, Lock, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, memo } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { DateTime } from "@/components/ui/relative-time";
import type { Message } from "@/lib/conversations/schema";
import { AnswerVoteMark } from "./answer-votes";
import { MessageMenu } from "./message-menu";
import { MessageParts } from "./message-parts";
import { TranslationBelow, useWantedTranslation } from "./message-translation";
import { notDeliveredKey } from "./not-delivered";
import { ReactionChips } from "./reactions";
import { TranslationToggle, useReading } from "./translation-toggle";

export const bubbleClasses = {
  visitor: "border border-line bg-surface",
  ours: "bg-accent-soft",
  bot: "border border-line bg-canvas",
  note: "border border-note-line bg-note-soft text-note-ink",
} as const;

/** Which side and tone a message has: the customer at the left, all of ours at the right, notes in their own tone. */
function toneOf(message: Message): keyof typeof bubbleClasses {
  if (message.visibility === "internal") {
    return "note";
  }
  return message.author.kind === "visitor" ? "visitor" : message.author.kind === "bot" ? "bot" : "ours";
}

function ReceiptMark({ message, read }: { message: Message; read: boolean }) {
  const t = useTranslations("desk.thread");
  const why = message.deliveryError && notDeliveredKey(message.deliveryError);
  if (message.delivery === "failed") {
    return (
      <span className="inline-flex items-center gap-1 text-danger-ink">
        <CircleAlert aria-hidden className="size-3.5 shrink-0" />
        {why ? t("deliveryFailedWhy", { reason: t(`notDelivered.${why}`) }) : t("deliveryFailed")}
      </span>
    );
  }
  if (message.delivery === "queued") {
    return (
      <span className="inline-flex items-center gap-1">
        <Clock aria-hidden className="size-3.5 shrink-0" />
        {why ? t(`notDelivered.${why}`) : t("sending")}
      </span>
    );
  }
  const Icon = read ? CheckCheck : Check;
  return (
    <span className={cn("inline-flex items-center gap-0.5", read && "text-accent-ink")}>
      <Icon aria-hidden className="size-3.5" />
      {t(read ? "read" : "sent")}
    </span>
  );
}

function Bubble({ message, name, marked }: { message: Message; name: string; marked: boolean }) {
  const t = useTranslations("desk.thread");
  const tone = toneOf(message);
  const reading = useReading(message);
  const translation = useWantedTranslation(message);
  return (
    <>
      <div
        data-seq={message.seq}
        className={cn("group/message flex max-w-full items-center gap-1", tone !== "visitor" && "flex-row-reverse")}
      >
        {message.recalledAt === null ? (
          <div
            lang={reading.lang}
            className={cn(
              "flex min-w-0 max-w-full flex-col gap-2 rounded-md px-3 py-1.5 transition-shadow",
              bubbleClasses[tone],
              marked && "ring-2 ring-focus",
            )}
          >
            <MessageParts parts={reading.parts} answer={message.author.kind === "bot"} />
            <TranslationToggle reading={reading} />
          </div>
        ) : (
          <p className="inline-flex items-center gap-1.5 rounded-md border border-line border-dashed px-3 py-1.5 text-sm text-ink-subtle">
            <Undo2 aria-hidden className="size-3.5" />
            {t("recalledBy", { name })}
          </p>
        )}
        <MessageMenu message={message} onTranslate={translation.ask} />
      </div>
      <TranslationBelow translation={translation} />
    </>
  );
}

export interface MessageGroupProps {
  messages: readonly [Message, ...Message[]];
  customerName: string;
  customerAvatar: string | null | undefined;
  visitorReadSeq: number;
  /** The message that a search led to. */
  markedSeq: number | undefined;
}

/** What one person wrote in a row, with their name once and the time at the end. */
export const MessageGroup = memo(function MessageGroup({
  messages,
  customerName,
  customerAvatar,
  visitorReadSeq,
  markedSeq,
}: MessageGroupProps) {
  const t = useTranslations("desk.thread");
  const first = messages[0];
  const last = messages.at(-1) ?? first;
  const tone = toneOf(first);
  const visitor = tone === "visitor";
  const bot = first.author.kind === "bot";
  const whisperTo = first.parts.find((part) => part.type === "whisper")?.name;
  const name = visitor ? customerName : bot ? t("botName") : (first.author.name ?? "");
  return (
    <div className={cn("my-2 flex gap-2", !visitor && "flex-row-reverse")}>
      {bot ? (
        <span
          aria-hidden
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-sm bg-sunken text-ink-muted"
        >
          <Bot className="size-4.5" />
        </span>
      ) : (
        <Avatar name={name} src={visitor ? customerAvatar : first.author.avatarUrl} />
      )}
      <div className={cn("flex min-w-0 max-w-[78%] flex-col items-start gap-1", !visitor && "items-end")}>
        <p className="flex items-center gap-1.5 text-xs text-ink-subtle">
          {tone === "note" ? (
            <span className="inline-flex items-center gap-1 text-note-ink">
              <Lock aria-hidden className="size-3" />
              {whisperTo === undefined ? t("note") : t("whisperTo", { name: whisperTo })}
            </span>
          ) : null}
          <span>{name}</span>
        </p>
        {messages.map((message) => (
          <Fragment key={message.id}>
            <Bubble message={message} name={name} marked={message.seq === markedSeq} />
            <ReactionChips message={message} />
            {bot ? <AnswerVoteMark messageId={message.id} /> : null}
          </Fragment>
        ))}
        <p className="flex items-center gap-1.5 text-2xs text-ink-subtle">
          <DateTime date={last.createdAt} format="time" />
          {tone === "ours" && last.recalledAt === null ? (
            <ReceiptMark message={last} read={last.seq <= visitorReadSeq} />
          ) : null}
        </p>
      </div>
    </div>
  );
});
