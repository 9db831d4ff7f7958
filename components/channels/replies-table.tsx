"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BadgeTone } from "@/components/ui/badge";
import type { ChannelReply } from "@/lib/conversations/channel-reply-contracts";
import { TrafficTable } from "./traffic-table";
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
  const replay = useReplay(channelId);
  return (
    <TrafficTable
      title={t("replies")}
      help={t("repliesHelp")}
      empty={{ icon: Send, title: t("repliesEmpty"), body: t("repliesEmptyBody") }}
      who={t("replyAuthor")}
      rows={replies.map(({ id, createdAt, outcome, author, why }) => ({
        id,
        at: createdAt,
        tone: TONES[outcome],
        outcome: t(`replyOutcomes.${outcome}`),
        note: why,
        who: t(`replyAuthors.${author}`),
        replay: outcome === "failed" ? "may" : "none",
      }))}
      replayLabel={t("replayReply")}
      mayReplay={mayReplay && replay.busy === undefined}
      onReplay={(id) => void replay.reply(id)}
    />
  );
}
