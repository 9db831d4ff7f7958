"use client";

import { ArrowDown } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { Spinner } from "@/components/ui/spinner";
import type { ConversationSummary, Message } from "@/lib/conversations/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { useCustomerName } from "../customer-name";
import { useDesk, useDeskState } from "../desk-provider";
import { EMPTY_THREAD, lastSeqOf, type Thread } from "../store/thread";
import { CustomerWriting, TypingLine, WritingAnswer } from "./activity-lines";
import { AnswerVotes } from "./answer-votes";
import { MessageGroup } from "./message-group";
import { NoticeLine } from "./notice-line";
import { PendingBubble } from "./pending-bubble";
import { type ThreadItem, threadItems } from "./thread-items";
import { useThreadScroll } from "./use-thread-scroll";

const DAY = 86_400_000;

function DayLine({ at }: { at: string }) {
  const t = useTranslations("desk.thread");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const now = useNow();
  const name = formatDate(at, "date", locale, timeZone);
  const label =
    name === formatDate(now, "date", locale, timeZone)
      ? t("today")
      : name === formatDate(now - DAY, "date", locale, timeZone)
        ? t("yesterday")
        : name;
  return <p className="my-3 text-center text-xs text-ink-subtle">{label}</p>;
}

function UnreadLine() {
  const t = useTranslations("desk.thread");
  return (
    <p
      data-unread
      className="my-3 flex items-center gap-3 text-xs text-accent-ink before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent"
    >
      {t("newMessages")}
    </p>
  );
}

function Item({
  item,
  row,
  name,
  markedSeq,
}: {
  item: ThreadItem;
  row: ConversationSummary;
  name: string;
  markedSeq: number | undefined;
}) {
  switch (item.kind) {
    case "day":
      return <DayLine at={item.at} />;
    case "unread":
      return <UnreadLine />;
    case "notice":
      return <NoticeLine message={item.message} />;
    default:
      return (
        <MessageGroup
          messages={item.messages}
          customerName={name}
          customerAvatar={row.customer.avatarUrl}
          visitorReadSeq={row.visitorReadSeq}
          markedSeq={item.messages.some(({ seq }) => seq === markedSeq) ? markedSeq : undefined}
        />
      );
  }
}

function useItems(messages: readonly Message[], unreadAfter: number | undefined): ThreadItem[] {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  return useMemo(
    () => threadItems(messages, (at) => formatDate(at, "date", locale, timeZone), unreadAfter),
    [messages, locale, timeZone, unreadAfter],
  );
}

/** How many messages of the customer came since the reader left the end. */
function useUnseen(thread: Thread, atEnd: boolean): number {
  const last = lastSeqOf(thread);
  const [seen, setSeen] = useState(last);
  if (atEnd && seen !== last) {
    setSeen(last);
  }
  return atEnd ? 0 : thread.messages.filter(({ seq, author }) => seq > seen && author.kind === "visitor").length;
}

/** Shows what the agent sends, wherever they had scrolled to. */
function useFollowOwn(sending: number, toEnd: () => void): void {
  const before = useRef(sending);
  useEffect(() => {
    if (sending > before.current) {
      toEnd();
    }
    before.current = sending;
  }, [sending, toEnd]);
}

/** Where reading goes on; undefined when everything was read, or nothing ever was. */
function unreadAfterOf(row: ConversationSummary, agentId: string): number | undefined {
  const hasUnread = row.assignee?.id === agentId && row.unreadCount > 0 && row.agentReadSeq > 0;
  return hasUnread ? row.agentReadSeq : undefined;
}

function Top({ thread }: { thread: Thread }) {
  const t = useTranslations("desk.thread");
  return (
    <p className="flex h-8 items-center justify-center gap-2 text-xs text-ink-subtle">
      {thread.hasOlder ? (
        thread.loadingOlder ? (
          <>
            <Spinner silent />
            {t("loadingOlder")}
          </>
        ) : null
      ) : (
        t(thread.messages.length === 0 ? "empty" : "start")
      )}
    </p>
  );
}

export interface ThreadViewProps {
  row: ConversationSummary;
  /** A message to show, because a search led there. */
  target: number | undefined;
}

/** The messages of a conversation. Mount it anew for each conversation. */
export function ThreadView({ row, target }: ThreadViewProps) {
  const t = useTranslations("desk.thread");
  const desk = useDesk();
  const name = useCustomerName()(row.customer);
  const thread = useDeskState((state) => state.threads.get(row.id)) ?? EMPTY_THREAD;
  // As it was when the conversation was opened: the line stays where it is while one reads.
  const [unreadAfter] = useState(() => unreadAfterOf(row, desk.agent.id));
  const items = useItems(thread.messages, unreadAfter);
  const loadOlder = useCallback(() => void desk.threads.loadOlder(row.id), [desk, row.id]);
  const { scroller, content, atEnd, toEnd, onScroll } = useThreadScroll(
    thread.messages[0]?.seq,
    target === undefined ? "[data-unread]" : `[data-seq="${target}"]`,
    loadOlder,
  );
  const unseen = useUnseen(thread, atEnd);

  useFollowOwn(thread.pending.length, toEnd);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label={t("label")}
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div ref={content}>
          <Top thread={thread} />
          <AnswerVotes conversationId={row.id} messages={thread.messages}>
            {items.map((item) => (
              <Item key={item.key} item={item} row={row} name={name} markedSeq={target} />
            ))}
          </AnswerVotes>
          <WritingAnswer conversationId={row.id} />
          <CustomerWriting conversationId={row.id} />
          {thread.pending.map((message) => (
            <PendingBubble key={message.clientId} conversationId={row.id} message={message} />
          ))}
        </div>
      </section>
      <TypingLine conversationId={row.id} />
      {atEnd ? null : (
        <Button
          size="sm"
          className="absolute bottom-7 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden />
          {unseen > 0 ? t("jumpNew", { count: unseen }) : t("jump")}
        </Button>
      )}
    </div>
  );
}
