"use client";

import { RotateCw, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ChannelReply } from "@/lib/conversations/channel-reply-contracts";
import { LogSection } from "./log-section";
import { useReplay } from "./use-replay";

const TONES = {
  queued: "info",
  sent: "success",
  delivered: "success",
  failed: "danger",
} as const satisfies Record<ChannelReply["outcome"], BadgeTone>;

/** A reply with what was wrong in words. */
export interface ShownReply extends ChannelReply {
  readonly why: string | null;
}

function useReplyColumns(channelId: string, mayReplay: boolean): readonly Column<ShownReply>[] {
  const t = useTranslations("admin-channels");
  const replay = useReplay(channelId);
  return [
    {
      id: "time",
      header: t("deliveryTime"),
      className: "whitespace-nowrap",
      cell: (reply) => <RelativeTime date={reply.createdAt} className="text-ink-muted" />,
    },
    {
      id: "author",
      header: t("replyAuthor"),
      hideBelow: "md",
      cell: ({ author }) => t(`replyAuthors.${author}`),
    },
    {
      id: "outcome",
      header: t("deliveryOutcome"),
      cell: ({ outcome, why }) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <Badge tone={TONES[outcome]}>{t(`replyOutcomes.${outcome}`)}</Badge>
          {why ? <span className="break-words text-ink-muted text-sm">{why}</span> : null}
        </span>
      ),
    },
    {
      id: "replay",
      header: <span className="sr-only">{t("replay")}</span>,
      className: "w-12 text-end",
      cell: (reply) =>
        reply.outcome === "failed" ? (
          <IconButton
            size="sm"
            label={t("replayReply")}
            disabled={!mayReplay || replay.busy !== undefined}
            onClick={() => void replay.reply(reply.id)}
          >
            <RotateCw aria-hidden />
          </IconButton>
        ) : null,
    },
  ];
}

/** What last went out over a platform, with what became of it. */
export function RepliesTable({
  channelId,
  replies,
  mayReplay,
}: {
  channelId: string;
  replies: readonly ShownReply[];
  mayReplay: boolean;
}) {
  const t = useTranslations("admin-channels");
  const columns = useReplyColumns(channelId, mayReplay);
  return (
    <LogSection
      title={t("replies")}
      help={t("repliesHelp")}
      empty={{ icon: Send, title: t("repliesEmpty"), body: t("repliesEmptyBody") }}
      rows={replies}
      columns={columns}
    />
  );
}
