import { type SQL, sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { broadcastChange } from "./broadcast";
import type { Saying } from "./customer-words";
import { ALLOWED } from "./policy";
import { type Appended, changeConversation, lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, sayToCustomer, writeNotice } from "./service";

type Stored = Extract<Appended, { message: unknown }>;

/** A conversation to act on, and the condition (over `conversations c`) that must still hold once it is locked. */
export interface Due {
  readonly merchantId: string;
  readonly id: string;
  readonly when: SQL;
}

/** Ids of a merchant's conversations for which the condition holds, the longest waiting first. */
export async function findDue(context: Context, merchantId: string, when: SQL, limit = 200): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select c.id from conversations c where c.merchant_id = ${merchantId}
          and c.status in ('bot', 'queued', 'assigned', 'snoozed', 'offline') and ${when}
        order by c.last_message_at, c.id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** Locks, looks again, acts, announces: two processes that find the same conversation act on it once. */
async function act(
  context: Context,
  { merchantId, id, when }: Due,
  work: (tx: Transaction, row: ConversationRow) => Promise<Stored[]>,
): Promise<ConversationRow | undefined> {
  const done = await context.db.transaction(async (tx) => {
    const row = await lockConversation(tx, merchantId, id);
    const [due] = await rowsOf(tx, sql`select 1 from conversations c where c.id = ${id} and ${when}`);
    return row && due ? { row, stored: await work(tx, row) } : undefined;
  });
  if (!done) {
    return undefined;
  }
  for (const stored of done.stored) {
    await announce(context, stored);
  }
  const after = done.stored.at(-1)?.conversation ?? done.row;
  broadcastChange(after);
  return after;
}

const key = (row: ConversationRow) => ({ id: row.id, merchantId: row.merchant_id, statuses: [row.status] });

/** Supervisors, and whoever leads the conversation's team. */
async function supervisorsOf(tx: Transaction, { merchant_id, team_id }: ConversationRow): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select m.id from memberships m where m.merchant_id = ${merchant_id} and m.presence <> 'offline' and not m.disabled
          and (m.role in ('supervisor', 'admin') or exists (
            select 1 from team_members t where t.agent_id = m.id and t.team_id = ${team_id} and t.role = 'lead'))`,
  );
  return rows.map((row) => row.id);
}

/** Tells the assignee, or the supervisors, that a customer waits for a reply: a line that only agents see, and a push. */
export async function remindOfSilence(
  context: Context,
  due: Due,
  who: "agent" | "supervisor",
  minutes: number,
): Promise<void> {
  const at = context.now().toISOString();
  const column = sql.raw(who === "agent" ? "agent_warned_at" : "supervisor_warned_at");
  const notice = { key: `silent_${who}`, values: { minutes }, internal: true };
  let told: string[] = [];
  const row = await act(context, due, async (tx, found) => {
    await changeConversation(tx, key(found), sql`${column} = ${at}::timestamptz`);
    told = who === "agent" ? [found.assignee_id ?? ""].filter(Boolean) : await supervisorsOf(tx, found);
    await emit(tx, { merchantId: found.merchant_id, at: context.now() }, "conversation.reminded", {
      conversationId: found.id,
      who,
      agentIds: told,
      minutes,
    });
    return [await writeNotice(tx, context, found.id, notice)];
  });
  if (row) {
    const channels = told.map((id) => realtimeChannel.agent(id));
    if (channels.length > 0) {
      publish(channels, "conversation.reminder", { conversationId: row.id, kind: who, minutes });
    }
  }
}

/**
 * Takes a conversation back from its agent and puts it first among those of its priority: whoever asked first is served
 * first, and this customer has waited twice.
 *
 * @param why notice for agents: `not_accepted`, `silent_requeued`, `agent_gone`
 */
export async function takeBack(context: Context, due: Due, why: string): Promise<void> {
  const at = context.now().toISOString();
  await act(context, due, async (tx, row) => {
    const [agent] = await rowsOf<{ name: string }>(
      tx,
      sql`select u.name from memberships m join users u on u.id = m.user_id where m.id = ${row.assignee_id}`,
    );
    await changeConversation(
      tx,
      key(row),
      sql`status = 'queued', assignee_id = null, assigned_at = null, accepted_at = null, queue_told_at = null,
          passed_over_id = ${row.assignee_id}, waiting_since = coalesce(waiting_since, ${at}::timestamptz),
          queued_at = least(${at}::timestamptz, (
            select min(q.queued_at) - interval '1 millisecond' from conversations q
            where q.merchant_id = ${row.merchant_id} and q.status = 'queued' and q.priority = ${row.priority}))`,
    );
    const reason = { key: why, values: { name: agent?.name ?? "" }, internal: true };
    const inside = await writeNotice(tx, context, row.id, reason);
    const outside = await writeNotice(tx, context, row.id, { key: "back_to_queue" });
    await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.queued", {
      conversationId: row.id,
      reason: why,
    });
    return [inside, outside];
  });
}

/** Asks a customer who has not answered whether they are still there. */
export async function askIfThere(context: Context, due: Due, saying: Saying): Promise<void> {
  await act(context, due, async (tx, row) => {
    await changeConversation(tx, key(row), sql`customer_asked_at = ${context.now().toISOString()}::timestamptz`);
    return [await sayToCustomer(tx, context, row, saying)];
  });
}

/** Ends a conversation whose customer stayed silent; a later message opens a new one. */
export async function endSilent(context: Context, due: Due, saying: Saying): Promise<void> {
  await act(context, due, async (tx, row) => {
    const said = await sayToCustomer(tx, context, row, saying);
    await changeConversation(
      tx,
      { ...key(row), statuses: ALLOWED.resolve },
      sql`status = 'resolved', resolved_at = ${context.now().toISOString()}::timestamptz, waiting_since = null,
          unread_count = 0`,
    );
    await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.resolved", {
      conversationId: row.id,
      by: "silence",
    });
    return [said, await writeNotice(tx, context, row.id, { key: "ended_silent" })];
  });
}

/** Tells a visitor in line that it takes long, once. Being told does not end the waiting. */
export async function tellLongWait(context: Context, due: Due, saying: Saying): Promise<void> {
  await act(context, due, async (tx, row) => {
    const said = await sayToCustomer(tx, context, row, saying);
    await changeConversation(
      tx,
      key(row),
      sql`queue_told_at = ${context.now().toISOString()}::timestamptz, waiting_since = ${row.waiting_since}::timestamptz`,
    );
    return [said];
  });
}
