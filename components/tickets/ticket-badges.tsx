"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { TicketPriority, TicketStatus } from "@/lib/tickets/schema";
import { PRIORITY_TONES, STATUS_TONES } from "./ticket-words";

export function StatusBadge({ status }: { status: TicketStatus }) {
  const t = useTranslations("tickets.statuses");
  return (
    <Badge tone={STATUS_TONES[status]} dot className="shrink-0">
      {t(status)}
    </Badge>
  );
}

/** Nothing for the usual priority: what stands out is what differs. */
export function PriorityBadge({ priority }: { priority: TicketPriority }) {
  const t = useTranslations("tickets.priorities");
  return priority === "normal" ? null : (
    <Badge tone={PRIORITY_TONES[priority]} className="shrink-0">
      {t(priority)}
    </Badge>
  );
}
