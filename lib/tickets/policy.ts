import type { TicketStatus } from "./schema";

/** Where a ticket can go from where it stands. What is done can be taken up again; what was cancelled, too. */
export const TRANSITIONS: { readonly [From in TicketStatus]: readonly TicketStatus[] } = {
  open: ["in_progress", "waiting_customer", "resolved", "closed", "cancelled"],
  in_progress: ["open", "waiting_customer", "resolved", "closed", "cancelled"],
  waiting_customer: ["open", "in_progress", "resolved", "closed", "cancelled"],
  resolved: ["closed", "open", "in_progress"],
  closed: ["open", "in_progress"],
  cancelled: ["open", "in_progress"],
};

/** Whether a ticket may go from one status to another; staying is no step, and always allowed. */
export function canMove(from: TicketStatus, to: TicketStatus): boolean {
  return from === to || TRANSITIONS[from].includes(to);
}

/** Still to be worked on. The indexes of db/schema/tickets.ts know the same list. */
export const OPEN_STATUSES = ["open", "in_progress", "waiting_customer"] as const satisfies readonly TicketStatus[];

interface Ends {
  readonly resolvedAt: Date | null;
  readonly closedAt: Date | null;
}

/** When it was solved and closed, after a step to `to` at `at`: taken up again it is neither. */
export function endsAfter(to: TicketStatus, before: Ends, at: Date): Ends {
  switch (to) {
    case "resolved":
      return { resolvedAt: at, closedAt: null };
    case "closed":
      return { resolvedAt: before.resolvedAt ?? at, closedAt: at };
    case "cancelled":
      return { resolvedAt: null, closedAt: at };
    default:
      return { resolvedAt: null, closedAt: null };
  }
}
