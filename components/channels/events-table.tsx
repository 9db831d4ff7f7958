"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BadgeTone } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ChannelEvent } from "@/lib/channels/schema";
import { TrafficTable } from "./traffic-table";
import { useReplay } from "./use-replay";

const TONES = {
  waiting: "info",
  delivered: "success",
  failed: "danger",
  kept: "neutral",
} as const satisfies Record<ChannelEvent["outcome"], BadgeTone>;

/** What was wrong, and when it is tried again. */
function Problem({ error, nextAttemptAt }: ChannelEvent) {
  const t = useTranslations("admin-channels");
  return (
    <span className="break-words text-sm">
      {error}
      {nextAttemptAt ? (
        <span className="block text-ink-muted">
          {t("nextAttempt")} <RelativeTime date={nextAttemptAt} />
        </span>
      ) : null}
    </span>
  );
}

/** What last went out to the integrator, with what became of it. */
export function EventsTable({
  channelId,
  events,
  mayReplay,
}: {
  channelId: string;
  events: readonly ChannelEvent[];
  mayReplay: boolean;
}) {
  const t = useTranslations("admin-channels");
  const replay = useReplay(channelId);
  return (
    <TrafficTable
      title={t("events")}
      help={t("eventsHelp")}
      empty={{ icon: Send, title: t("eventsEmpty"), body: t("eventsEmptyBody") }}
      detail={t("deliveryError")}
      rows={events.map((event) => ({
        id: event.id,
        at: event.createdAt,
        tone: TONES[event.outcome],
        outcome: t(`eventOutcomes.${event.outcome}`),
        note: event.attempts > 1 ? t("attempts", { attempts: event.attempts }) : null,
        detail: event.error || event.nextAttemptAt ? <Problem {...event} /> : null,
        replay: event.outcome === "kept" ? "not_now" : "may",
      }))}
      replayLabel={t("replayEvent")}
      mayReplay={mayReplay && replay.busy === undefined}
      onReplay={(id) => void replay.event(id)}
    />
  );
}
