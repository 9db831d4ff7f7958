import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { channelEvents } from "@/db/schema/channels";

export type ChannelEventRow = typeof channelEvents.$inferSelect;
export type NewChannelEvent = Pick<
  ChannelEventRow,
  "id" | "channelId" | "conversationId" | "type" | "body" | "outcome"
>;

/**
 * Keeps an event; one that is known already stays as it is. Events of a channel are written one after the other: a
 * position is given out before its commit, and a reader that has seen a later one must not miss it.
 *
 * @returns whether it is new
 */
export async function insertEvent(tx: Transaction, event: NewChannelEvent): Promise<boolean> {
  await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`events:${event.channelId}`}, 0))`);
  const rows = await tx
    .insert(channelEvents)
    .values(event)
    .onConflictDoNothing({ target: [channelEvents.channelId, channelEvents.id] })
    .returning({ position: channelEvents.position });
  return rows.length > 0;
}

/** The oldest event of the conversation that still waits: those behind it wait for it, so that order is kept. */
export async function firstWaiting(executor: Executor, conversationId: string): Promise<ChannelEventRow | undefined> {
  const [row] = await executor
    .select()
    .from(channelEvents)
    .where(and(eq(channelEvents.conversationId, conversationId), eq(channelEvents.outcome, "waiting")))
    .orderBy(asc(channelEvents.position))
    .limit(1);
  return row;
}

export type EventChange = Partial<
  Pick<ChannelEventRow, "outcome" | "attempts" | "status" | "error" | "nextAttemptAt" | "finishedAt">
>;

export async function saveEvent(executor: Executor, position: number, change: EventChange): Promise<void> {
  await executor.update(channelEvents).set(change).where(eq(channelEvents.position, position));
}

export async function findEvent(
  executor: Executor,
  channelId: string,
  id: string,
): Promise<ChannelEventRow | undefined> {
  const [row] = await executor
    .select()
    .from(channelEvents)
    .where(and(eq(channelEvents.channelId, channelId), eq(channelEvents.id, id)));
  return row;
}

/** The last events of a channel, newest first. */
export function selectLastEvents(executor: Executor, channelId: string, limit: number): Promise<ChannelEventRow[]> {
  return executor
    .select()
    .from(channelEvents)
    .where(eq(channelEvents.channelId, channelId))
    .orderBy(desc(channelEvents.position))
    .limit(limit);
}

/** Events after a position, oldest first. */
export function selectEventsAfter(
  executor: Executor,
  channelId: string,
  after: number,
  limit: number,
): Promise<ChannelEventRow[]> {
  return executor
    .select()
    .from(channelEvents)
    .where(and(eq(channelEvents.channelId, channelId), gt(channelEvents.position, after)))
    .orderBy(asc(channelEvents.position))
    .limit(limit);
}

/** The position of the newest event; 0 when there is none. */
export async function lastPosition(executor: Executor, channelId: string): Promise<number> {
  const [row] = await rowsOf<{ position: string | null }>(
    executor,
    sql`select max(position) as position from channel_events where channel_id = ${channelId}`,
  );
  return Number(row?.position ?? 0);
}
