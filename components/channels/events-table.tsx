"use client";

import { RotateCw, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ChannelEvent } from "@/lib/channels/schema";
import { LogSection } from "./log-section";
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

function useEventColumns(channelId: string, mayReplay: boolean): readonly Column<ChannelEvent>[] {
  const t = useTranslations("admin-channels");
  const replay = useReplay(channelId);
  return [
    {
      id: "time",
      header: t("deliveryTime"),
      className: "whitespace-nowrap",
      cell: (event) => <RelativeTime date={event.createdAt} className="text-ink-muted" />,
    },
    {
      id: "outcome",
      header: t("deliveryOutcome"),
      cell: ({ outcome, attempts }) => (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <Badge tone={TONES[outcome]}>{t(`eventOutcomes.${outcome}`)}</Badge>
          {attempts > 1 ? <span className="text-ink-muted text-sm">{t("attempts", { attempts })}</span> : null}
        </span>
      ),
    },
    {
      id: "error",
      header: t("deliveryError"),
      hideBelow: "md",
      cell: (event) => <Problem {...event} />,
    },
    {
      id: "replay",
      header: <span className="sr-only">{t("replay")}</span>,
      className: "w-12 text-end",
      cell: (event) => (
        <IconButton
          size="sm"
          label={t("replayEvent")}
          disabled={!mayReplay || event.outcome === "kept" || replay.busy !== undefined}
          onClick={() => void replay.event(event.id)}
        >
          <RotateCw aria-hidden />
        </IconButton>
      ),
    },
  ];
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
  const columns = useEventColumns(channelId, mayReplay);
  return (
    <LogSection
      title={t("events")}
      help={t("eventsHelp")}
      empty={{ icon: Send, title: t("eventsEmpty"), body: t("eventsEmptyBody") }}
      rows={events}
      columns={columns}
    />
  );
}
