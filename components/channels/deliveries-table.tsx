"use client";

import { Inbox, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ChannelDelivery } from "@/lib/channels/schema";
import { LogSection } from "./log-section";
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

function useDeliveryColumns(channelId: string, mayReplay: boolean): readonly Column<ChannelDelivery>[] {
  const t = useTranslations("admin-channels");
  const replay = useReplay(channelId);
  return [
    {
      id: "time",
      header: t("deliveryTime"),
      className: "whitespace-nowrap",
      cell: (delivery) => <RelativeTime date={delivery.createdAt} className="text-ink-muted" />,
    },
    {
      id: "outcome",
      header: t("deliveryOutcome"),
      cell: ({ outcome }) =>
        isKnown(outcome) ? <Badge tone={TONES[outcome]}>{t(`outcomes.${outcome}`)}</Badge> : <Badge>{outcome}</Badge>,
    },
    { id: "error", header: t("deliveryError"), hideBelow: "md", cell: (delivery) => delivery.error ?? "" },
    {
      id: "replay",
      header: <span className="sr-only">{t("replay")}</span>,
      className: "w-12 text-end",
      cell: (delivery) => (
        <IconButton
          size="sm"
          label={t("replayDelivery")}
          disabled={!mayReplay || replay.busy !== undefined}
          onClick={() => void replay.delivery(delivery.id)}
        >
          <RotateCw aria-hidden />
        </IconButton>
      ),
    },
  ];
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
  const columns = useDeliveryColumns(channelId, mayReplay);
  return (
    <LogSection
      title={t("deliveries")}
      help={t("deliveriesHelp")}
      empty={{ icon: Inbox, title: t("deliveriesEmpty"), body: t("deliveriesEmptyBody") }}
      rows={deliveries}
      columns={columns}
    />
  );
}
