"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { toast } from "sonner";
import type { z } from "zod";
import { isStale } from "@/components/settings/is-stale";
import { useRequest } from "@/components/settings/use-request";
import { getTicket, listTicketEvents, type ticketChangeInput, updateTicket } from "@/lib/tickets/contracts";
import type { Ticket, TicketEvent } from "@/lib/tickets/schema";

export type TicketPatch = Omit<z.input<typeof ticketChangeInput>, "revision">;

/** Lines of the history that are asked for at once. */
export const HISTORY_PAGE = 50;

export interface History {
  /** Newest first. */
  readonly items: readonly TicketEvent[];
  readonly nextCursor: string | null;
}

/** What puts a change back, where the ticket can go back. */
function inverseOf(before: Ticket, after: Ticket, patch: TicketPatch): TicketPatch | undefined {
  const back: TicketPatch = {
    ...(patch.subject !== undefined && { subject: before.subject }),
    ...(patch.description !== undefined && { description: before.description }),
    ...(patch.priority !== undefined && { priority: before.priority }),
    ...(patch.type !== undefined && { type: before.type }),
    ...(patch.assigneeId !== undefined && { assigneeId: before.assignee?.id ?? null }),
    ...(patch.teamId !== undefined && { teamId: before.team?.id ?? null }),
    ...(patch.resolution !== undefined && { resolution: before.resolution }),
    ...(patch.status !== undefined && { status: before.status }),
  };
  return patch.status !== undefined && !after.transitions.includes(before.status) ? undefined : back;
}

/** What happened to a ticket, page by page from the newest. */
function useHistory(id: string, initial: History) {
  const { call, explain } = useRequest();
  const [history, setHistory] = useState(initial);

  /** The newest lines; older ones that were loaded stay. */
  const readHistory = useCallback(async (): Promise<void> => {
    const page = await call(listTicketEvents, { params: { id }, query: { limit: HISTORY_PAGE } });
    setHistory((before) => {
      const first = page.items.at(-1)?.position ?? 1;
      const older = before.items.filter(({ position }) => position < first);
      return { items: [...page.items, ...older], nextCursor: older.length > 0 ? before.nextCursor : page.nextCursor };
    });
  }, [call, id]);

  async function earlier(): Promise<void> {
    const cursor = history.nextCursor;
    if (cursor === null) {
      return;
    }
    try {
      const page = await call(listTicketEvents, { params: { id }, query: { limit: HISTORY_PAGE, cursor } });
      setHistory((before) => ({ items: [...before.items, ...page.items], nextCursor: page.nextCursor }));
    } catch (error) {
      toast.error(explain(error));
    }
  }

  return { history, readHistory, earlier };
}

/** A ticket as it is shown, and changes against the revision that is shown. */
function useRevisions(initial: Ticket, readHistory: () => Promise<void>) {
  const t = useTranslations("tickets.page");
  const { call, explain } = useRequest();
  const [ticket, setTicket] = useState(initial);
  const [busy, setBusy] = useState(false);
  const { id } = initial;

  const refresh = useCallback(async (): Promise<void> => {
    try {
      const [now] = await Promise.all([call(getTicket, { params: { id } }), readHistory()]);
      setTicket(now);
    } catch {
      // What is shown stays; the next change of the ticket asks again.
    }
  }, [call, id, readHistory]);

  /** @returns undefined when it did not count; why was said */
  async function send(patch: TicketPatch, shown: Ticket): Promise<Ticket | undefined> {
    setBusy(true);
    try {
      const after = await call(updateTicket, { params: { id }, body: { ...patch, revision: shown.revision } });
      setTicket(after);
      // The change counts, whether or not its line can be read now.
      await readHistory().catch(() => undefined);
      return after;
    } catch (error) {
      toast.error(isStale(error) ? t("stale") : explain(error));
      await refresh();
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  return { ticket, busy, send, refresh };
}

/**
 * A ticket that is edited in place. A change is written against the revision that is shown: when a colleague was faster,
 * theirs shows, and this one is said not to have counted. What was done can be taken back from the message that says so.
 */
export function useTicket(initial: Ticket, initialHistory: History) {
  const t = useTranslations("tickets.page");
  const fields = useTranslations("tickets.fields");
  const { history, readHistory, earlier } = useHistory(initial.id, initialHistory);
  const { ticket, busy, send, refresh } = useRevisions(initial, readHistory);

  /** @returns whether it was saved */
  async function save(field: Parameters<typeof fields>[0], patch: TicketPatch): Promise<boolean> {
    const before = ticket;
    const after = await send(patch, before);
    if (!after) {
      return false;
    }
    const back = inverseOf(before, after, patch);
    const undo = async (): Promise<void> => {
      if (back && (await send(back, after))) {
        toast.success(t("undone"));
      }
    };
    toast.success(t("saved", { field: fields(field) }), {
      ...(back && { action: { label: t("undo"), onClick: () => void undo() } }),
    });
    return true;
  }

  return { ticket, history, busy, save, refresh, readHistory, earlier };
}
