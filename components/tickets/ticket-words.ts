"use client";

import { useTranslations } from "next-intl";
import type { BadgeTone } from "@/components/ui/badge";
import {
  TICKET_TYPES,
  type TicketChange,
  type TicketPriority,
  type TicketStatus,
  ticketPriority,
  ticketStatus,
} from "@/lib/tickets/schema";

export const STATUS_TONES: Record<TicketStatus, BadgeTone> = {
  open: "warning",
  in_progress: "accent",
  waiting_customer: "info",
  resolved: "success",
  closed: "neutral",
  cancelled: "neutral",
};

export const PRIORITY_TONES: Record<TicketPriority, BadgeTone> = {
  low: "outline",
  normal: "outline",
  high: "warning",
  urgent: "danger",
};

/** Types that the product names itself are shown in the reader's language, all others as they are written. */
export function useTypeName(): (type: string) => string {
  const t = useTranslations("tickets.types");
  return (type) => {
    const known = TICKET_TYPES.find((name) => name === type);
    return known ? t(known) : type;
  };
}

/** A value of the history in words: statuses, priorities and types by their names. */
export function useChangeWords(): (change: TicketChange, side: "from" | "to") => string {
  const t = useTranslations("tickets");
  const typeName = useTypeName();
  return ({ field, ...values }, side) => {
    const value = values[side] ?? "";
    if (field === "status") {
      const status = ticketStatus.safeParse(value);
      return status.success ? t(`statuses.${status.data}`) : value;
    }
    if (field === "priority") {
      const priority = ticketPriority.safeParse(value);
      return priority.success ? t(`priorities.${priority.data}`) : value;
    }
    return field === "type" ? typeName(value) : value || t("anonymous");
  };
}
