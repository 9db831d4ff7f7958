import type { AgentSummary } from "@/lib/conversations/schema";
import { TRANSITIONS } from "./policy";
import type { EventRow, TicketRow } from "./repository";
import {
  type Ticket,
  type TicketEvent,
  type TicketSummary,
  ticketChange,
  ticketEvent,
  ticketPriority,
  ticketSource,
  ticketStatus,
  ticketVisibility,
} from "./schema";

/** Names of what a ticket points at. */
export interface TicketNames {
  readonly customerName: string | null;
  readonly teamName: string | null;
}

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Row → a line of the list. */
export function toSummary(
  row: Omit<TicketRow, "description" | "resolution" | "sourceKey" | "eventCount">,
  { customerName, teamName }: TicketNames,
  cards: ReadonlyMap<string, AgentSummary>,
): TicketSummary {
  return {
    id: row.id,
    number: row.number,
    subject: row.subject,
    // A value that this version does not know (written by a newer one) is shown as the usual one.
    status: ticketStatus.catch("open").parse(row.status),
    priority: ticketPriority.catch("normal").parse(row.priority),
    type: row.type,
    source: ticketSource.catch("person").parse(row.source),
    customer: row.customerId === null ? null : { id: row.customerId, name: customerName },
    conversationId: row.conversationId,
    assignee: (row.assigneeId && cards.get(row.assigneeId)) || null,
    team: row.teamId === null ? null : { id: row.teamId, name: teamName ?? "" },
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    resolvedAt: isoOrNull(row.resolvedAt),
    closedAt: isoOrNull(row.closedAt),
  };
}

/** Row → the whole ticket. */
export function toTicket(row: TicketRow, names: TicketNames, cards: ReadonlyMap<string, AgentSummary>): Ticket {
  const summary = toSummary(row, names, cards);
  const { description, resolution } = row;
  return { ...summary, description, resolution, transitions: [...TRANSITIONS[summary.status]] };
}

/** Row → a line of the history. */
export function toEvent(row: EventRow): TicketEvent {
  return {
    id: row.id,
    position: row.position,
    kind: ticketEvent.shape.kind.catch("changed").parse(row.kind),
    visibility: ticketVisibility.catch("internal").parse(row.visibility),
    actor: {
      kind: ticketEvent.shape.actor.shape.kind.catch("system").parse(row.actorKind),
      id: row.actorId,
      name: row.actorName,
    },
    text: row.text,
    changes: row.changes.flatMap((change) => ticketChange.safeParse(change).data ?? []),
    createdAt: row.createdAt.toISOString(),
  };
}
