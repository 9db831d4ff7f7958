"use client";

import { Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import type { BadgeTone } from "@/components/ui/badge";
import type { ChannelDelivery } from "@/lib/channels/schema";
import { TrafficTable } from "./traffic-table";
import { useReplay } from "./use-replay";

const TONES = {
  received: "info",
  processed: "success",
  ignored: "neutral",
  failed: "danger",
} as const satisfies Record<string, BadgeTone>;

function isKnown(outcome: string): outcome is keyof typeof TONES {
  return Object.hasOwn(TONES, outcome);
}

/** What last came in over a channel's webhook, with what became of it. */
export function DeliveriesTable({
  channelId,
  deliveries,
  mayReplay,
}: {
  channelId: string;
  deliveries: readonly ChannelDelivery[];
  mayReplay: boolean;
}) {
  const t = useTranslations("admin-channels");
  const replay = useReplay(channelId);
  return (
    <TrafficTable
      title={t("deliveries")}
      help={t("deliveriesHelp")}
      empty={{ icon: Inbox, title: t("deliveriesEmpty"), body: t("deliveriesEmptyBody") }}
      detail={t("deliveryError")}
      rows={deliveries.map(({ id, createdAt, outcome, error }) => ({
        id,
        at: createdAt,
        tone: isKnown(outcome) ? TONES[outcome] : "neutral",
        outcome: isKnown(outcome) ? t(`outcomes.${outcome}`) : outcome,
        detail: error ?? "",
        replay: "may",
      }))}
      replayLabel={t("replayDelivery")}
      mayReplay={mayReplay && replay.busy === undefined}
      onReplay={(id) => void replay.delivery(id)}
    />
  );
}
