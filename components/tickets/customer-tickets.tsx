"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { PanelSection } from "@/components/customers/panel-section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonText } from "@/components/ui/skeleton";
import { createClient } from "@/lib/platform/http/client";
import { listTickets } from "@/lib/tickets/contracts";
import type { TicketSummary } from "@/lib/tickets/schema";
import { PriorityBadge, StatusBadge } from "./ticket-badges";

/** Most tickets that the panel shows of those that are done. */
const DONE_SHOWN = 3;
const OPEN_SHOWN = 10;

interface Found {
  readonly tickets: readonly TicketSummary[];
  readonly isAll: boolean;
}

async function ticketsOf(customerId: string, signal: AbortSignal): Promise<Found> {
  const call = createClient();
  const [open, ended] = await Promise.all([
    call(listTickets, { query: { tab: "open", customerId, limit: OPEN_SHOWN } }, signal),
    call(listTickets, { query: { tab: "ended", customerId, limit: DONE_SHOWN } }, signal),
  ]);
  return {
    tickets: [...open.items, ...ended.items],
    isAll: open.nextCursor === null && ended.nextCursor === null,
  };
}

function useTicketsOf(customerId: string, freshness: string) {
  const [found, setFound] = useState<Found>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `freshness` and `attempt` ask again
  useEffect(() => {
    const controller = new AbortController();
    ticketsOf(customerId, controller.signal)
      .then((now) => {
        setFound(now);
        setFailed(false);
      })
      .catch(() => {
        if (!controller.signal.aborted) {
          setFailed(true);
        }
      });
    return () => controller.abort();
  }, [customerId, freshness, attempt]);
  return { found, failed, retry: () => setAttempt((count) => count + 1) };
}

function Row({ ticket, isHere }: { ticket: TicketSummary; isHere: boolean }) {
  const t = useTranslations("tickets");
  return (
    <li>
      <Link
        href={`/desk/tickets/${ticket.id}`}
        className="flex flex-col gap-1 rounded-sm px-2 py-1.5 text-sm hover:bg-hover touch:min-h-11"
      >
        <span className="line-clamp-2 break-words">
          <span className="text-ink-subtle">#{ticket.number}</span> {ticket.subject}
        </span>
        <span className="flex flex-wrap items-center gap-1.5 text-ink-subtle text-xs">
          <StatusBadge status={ticket.status} />
          <PriorityBadge priority={ticket.priority} />
          {isHere ? <Badge tone="outline">{t("panel.here")}</Badge> : null}
          <span className="truncate">{ticket.assignee?.name ?? t("none.assignee")}</span>
        </span>
      </Link>
    </li>
  );
}

export interface CustomerTicketsProps {
  customerId: string;
  conversationId: string;
  /** Changes when a ticket may have changed. */
  freshness: string;
  /** All tickets they ever had. */
  count: number;
  onAdd: () => void;
}

/** A customer's tickets: those to do first, the last of those that are done below. */
export function CustomerTickets({ customerId, conversationId, freshness, count, onAdd }: CustomerTicketsProps) {
  const t = useTranslations("tickets");
  const { found, failed, retry } = useTicketsOf(customerId, freshness);
  return (
    <PanelSection title={t("panel.title")}>
      {found === undefined && !failed ? <SkeletonText lines={2} /> : null}
      {failed ? <ErrorState title={t("panel.failed")} onRetry={retry} compact /> : null}
      {found?.tickets.length === 0 ? <p className="text-ink-muted text-sm">{t("panel.empty")}</p> : null}
      {found && found.tickets.length > 0 ? (
        <ul aria-label={t("panel.title")} className="-mx-2">
          {found.tickets.map((ticket) => (
            <Row key={ticket.id} ticket={ticket} isHere={ticket.conversationId === conversationId} />
          ))}
        </ul>
      ) : null}
      <div className="-ml-2 flex flex-wrap items-center gap-1 pt-1">
        <Button variant="ghost" size="sm" onClick={onAdd}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
        {found && !found.isAll ? (
          <Button asChild variant="ghost" size="sm">
            <Link href={`/desk/tickets?${new URLSearchParams({ tab: "all", customerId })}`}>
              {t("panel.all", { count })}
            </Link>
          </Button>
        ) : null}
      </div>
    </PanelSection>
  );
}
