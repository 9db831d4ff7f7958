import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { countUnread, type NotificationRow, selectNotifications } from "./repository";
import { type Notification, notificationKind } from "./schema";

const pageKey = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

/** Rows → what clients see. A kind that this version does not know (written by a newer one) is left out. */
export async function toNotifications(executor: Executor, rows: readonly NotificationRow[]): Promise<Notification[]> {
  const cards = await agentCards(
    executor,
    rows.flatMap((row) => row.actor_id ?? []),
  );
  return rows.flatMap((row) => {
    const kind = notificationKind.safeParse(row.kind);
    return kind.success
      ? {
          id: row.id,
          kind: kind.data,
          conversationId: row.conversation_id,
          customerName: row.customer_name,
          seq: row.seq,
          actor: (row.actor_id && cards.get(row.actor_id)) || null,
          excerpt: row.excerpt,
          values: row.values,
          readAt: row.read_at === null ? null : new Date(row.read_at).toISOString(),
          createdAt: new Date(row.created_at).toISOString(),
        }
      : [];
  });
}

/** A page of the caller's notifications, newest first. */
export async function listNotifications(
  context: Context<ActorOf<"agent">>,
  query: { readonly cursor?: string | undefined; readonly limit: number; readonly unreadOnly: boolean },
): Promise<{ items: Notification[]; nextCursor: string | null; unread: number }> {
  const { agentId } = context.actor;
  const after = decodeCursor(query.cursor, pageKey);
  const where = sql`n.agent_id = ${agentId}
    ${query.unreadOnly ? sql`and n.read_at is null` : sql``}
    ${after ? sql`and (n.created_at, n.id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}`;
  const [rows, unread] = await Promise.all([
    selectNotifications(context.db, where, query.limit + 1),
    countUnread(context.db, agentId),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await toNotifications(context.db, page),
    nextCursor:
      rows.length > query.limit && last ? encodeCursor([new Date(last.created_at).toISOString(), last.id]) : null,
    unread,
  };
}
