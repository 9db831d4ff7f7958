"use client";

import { Ban, Combine, Flag, type LucideIcon, MessageSquare, Star, StickyNote, Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChannelIcon } from "@/components/desk/channel-icon";
import { useNoticeWords } from "@/components/desk/conversation/notice-words";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { DateTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import type { TimelineItem } from "@/lib/conversations/timeline-contracts";
import { PanelSection } from "./panel-section";
import { useTimeline } from "./use-timeline";

const ICONS = {
  conversation: MessageSquare,
  note: StickyNote,
  event: Flag,
  rating: Star,
  tags: Tag,
  merged: Combine,
  blocked: Ban,
} as const satisfies Record<TimelineItem["kind"], LucideIcon>;

/** Leads to a conversation, or to one message of it. */
export type OpenPlace = (conversationId: string, seq?: number) => void;

function Lines({ head, children }: { head: ReactNode; children?: ReactNode }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-center gap-1.5 text-xs text-ink-subtle">{head}</span>
      {children ? <span className="line-clamp-2 break-words">{children}</span> : null}
    </span>
  );
}

function Conversation({ item }: { item: Extract<TimelineItem, { kind: "conversation" }> }) {
  const t = useTranslations("desk.customer");
  const statuses = useTranslations("desk.status");
  const { page } = item;
  return (
    <Lines
      head={
        <>
          <ChannelIcon type={item.channel.type} className="size-3.5" />
          <span className="truncate">{item.channel.name}</span>
          <span className="shrink-0">{statuses(item.status)}</span>
          {item.agent ? <span className="truncate">{item.agent}</span> : null}
        </>
      }
    >
      {item.preview || statuses(item.status)}
      {page ? (
        <span className="block text-xs text-ink-muted">{t("timelineFrom", { page: page.title || page.url })}</span>
      ) : null}
    </Lines>
  );
}

function TagChange({ item }: { item: Extract<TimelineItem, { kind: "tags" }> }) {
  const t = useTranslations("desk.customer");
  const name = item.agent ?? t("timelineSomebody");
  const { added, removed } = item;
  return (
    <Lines
      head={
        <span className="min-w-0 break-words">
          {added.length > 0 ? (
            <span className="block">{t("timelineTagsAdded", { name, tags: added.join("、") })}</span>
          ) : null}
          {removed.length > 0 ? (
            <span className="block">{t("timelineTagsRemoved", { name, tags: removed.join("、") })}</span>
          ) : null}
        </span>
      }
    />
  );
}

function Content({ item }: { item: TimelineItem }) {
  const t = useTranslations("desk.customer");
  const noticeWords = useNoticeWords();
  switch (item.kind) {
    case "conversation":
      return <Conversation item={item} />;
    case "note":
      return (
        <Lines head={<span>{t("timelineNote", { name: item.agent ?? t("timelineSomebody") })}</span>}>
          {item.text}
        </Lines>
      );
    case "event":
      return <Lines head={<span>{noticeWords(item)}</span>} />;
    case "rating":
      return (
        <Lines head={<span>{t("timelineRated", { stars: item.stars })}</span>}>
          {[...item.tags, ...(item.comment ? [item.comment] : [])].join(" · ")}
        </Lines>
      );
    case "tags":
      return <TagChange item={item} />;
    case "merged":
      return <Lines head={<span>{t("timelineMerged")}</span>} />;
    default:
      return <Lines head={<span>{t("timelineBlocked", { name: item.agent ?? t("timelineSomebody") })}</span>} />;
  }
}

const ROW = "flex w-full items-start gap-2 rounded-sm px-2 py-1.5 text-left text-sm";

function Row({ item, currentId, onOpen }: { item: TimelineItem; currentId: string; onOpen: OpenPlace }) {
  const Icon = ICONS[item.kind];
  const inside = (
    <>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-subtle" />
      <Content item={item} />
      <DateTime date={item.at} format="dayTime" className="shrink-0 text-xs text-ink-subtle" />
    </>
  );
  if (!("conversationId" in item)) {
    return <div className={ROW}>{inside}</div>;
  }
  const { conversationId } = item;
  const seq = "seq" in item ? item.seq : undefined;
  const isHere = conversationId === currentId && seq === undefined;
  return isHere ? (
    <div className={cn(ROW, "bg-sunken")}>{inside}</div>
  ) : (
    <button type="button" onClick={() => onOpen(conversationId, seq)} className={cn(ROW, "hover:bg-hover")}>
      {inside}
    </button>
  );
}

export interface TimelineProps {
  customerId: string;
  currentId: string;
  /** Changes when something may have happened. */
  freshness: string;
  onOpen: OpenPlace;
}

/** All that happened with a customer, over all channels, newest first; what stands in a conversation leads there. */
export function Timeline({ customerId, currentId, freshness, onOpen }: TimelineProps) {
  const t = useTranslations("desk.customer");
  const { items, hasMore, status, more } = useTimeline(customerId, freshness);
  return (
    <PanelSection title={t("timeline")}>
      {items === undefined && status === "loading" ? <SkeletonText lines={4} /> : null}
      {items?.length === 0 ? <p className="text-sm text-ink-muted">{t("timelineEmpty")}</p> : null}
      <ol aria-label={t("timeline")} className="-mx-2">
        {items?.map((item) => (
          <li key={item.id}>
            <Row item={item} currentId={currentId} onOpen={onOpen} />
          </li>
        ))}
      </ol>
      {status === "failed" ? <ErrorState title={t("timelineFailed")} onRetry={more} compact /> : null}
      {hasMore && status !== "failed" ? (
        <Button size="sm" variant="ghost" loading={status === "loading"} onClick={more} className="w-full">
          {t("timelineMore")}
        </Button>
      ) : null}
    </PanelSection>
  );
}
