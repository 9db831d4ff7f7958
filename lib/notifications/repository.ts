import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { notifications } from "@/db/schema/desk";
import type { Telling } from "./schema";

/** A notification as the database tells it. */
export interface NotificationRow extends Record<string, unknown> {
  readonly id: string;
  readonly agent_id: string;
  readonly kind: string;
  readonly conversation_id: string | null;
  readonly customer_name: string | null;
  readonly seq: number | null;
  readonly actor_id: string | null;
  readonly excerpt: string;
  readonly values: Record<string, string | number>;
  readonly read_at: string | null;
  readonly created_at: string;
}

/** Numbers stop here; the bell shows "99+" before. */
const COUNT_LIMIT = 1_000;

/** The message that is told of, if it is still there. */
export interface ToldMessage {
  readonly seq: number;
  readonly text: string;
  readonly author_id: string | null;
  readonly mentioned: readonly string[];
}

export async function findToldMessage(executor: Executor, messageId: string): Promise<ToldMessage | undefined> {
  const [row] = await rowsOf<ToldMessage>(
    executor,
    sql`select seq, text, author_id, coalesce((
          select array_agg(part ->> 'agentId') from jsonb_array_elements(parts) part where part ->> 'type' in ('mention', 'whisper')),
          '{}') as mentioned
        from messages where id = ${messageId} and recalled_at is null`,
  );
  return row;
}

/** The assignee of a conversation and those who help with it. */
export async function workersOf(executor: Executor, conversationId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`select assignee_id as id from conversations where id = ${conversationId} and assignee_id is not null
        union select agent_id from participants
          where conversation_id = ${conversationId} and collaborating_since is not null`,
  );
  return rows.map((row) => row.id);
}

/** Those of the ids that work at the merchant, if the conversation (where it is about one) is there. */
export async function presentAgents(executor: Executor, told: Telling, ids: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`select m.id from memberships m
        where m.id = any(${sql.param([...ids])}::text[]) and m.merchant_id = ${told.merchantId} and not m.disabled
          and (${told.conversationId}::text is null or exists (
            select 1 from conversations c where c.id = ${told.conversationId} and c.merchant_id = m.merchant_id))`,
  );
  return rows.map((row) => row.id);
}

/** Stores what was not told before. @returns the ids of what is new */
export async function insertNotifications(
  executor: Executor,
  values: readonly (typeof notifications.$inferInsert)[],
): Promise<string[]> {
  const rows = await executor
    .insert(notifications)
    .values([...values])
    .onConflictDoNothing()
    .returning({ id: notifications.id });
  return rows.map((row) => row.id);
}

/** Notifications for which the condition (over `n`) holds, newest first. */
export function selectNotifications(executor: Executor, where: SQL, limit: number): Promise<NotificationRow[]> {
  return rowsOf(
    executor,
    sql`select n.id, n.agent_id, n.kind, n.conversation_id, cu.name as customer_name, n.seq, n.actor_id, n.excerpt,
          n.values, n.read_at, n.created_at
        from notifications n
        left join conversations c on c.id = n.conversation_id left join customers cu on cu.id = c.customer_id
        where ${where} order by n.created_at desc, n.id desc limit ${limit}`,
  );
}

export async function countUnread(executor: Executor, agentId: string): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    executor,
    sql`select count(*)::int as count from (
          select 1 from notifications where agent_id = ${agentId} and read_at is null limit ${COUNT_LIMIT}) found`,
  );
  return row?.count ?? 0;
}

/** @returns whether any was unread */
export async function markRead(executor: Executor, agentId: string, which: SQL, at: Date): Promise<boolean> {
  const rows = await rowsOf(
    executor,
    sql`update notifications set read_at = ${at.toISOString()}::timestamptz
        where agent_id = ${agentId} and read_at is null and ${which} returning id`,
  );
  return rows.length > 0;
}
