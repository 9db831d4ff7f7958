import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { emitAll } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { broadcastChange } from "./broadcast";
import { noticeMessage } from "./notices";
import { type Appended, appendMessages, textArray } from "./repository";
import { announce } from "./service";

/** Visitors further back than this learn their new place from their own refresh. */
const TOLD_PLACES = 200;

export interface Assignment {
  readonly conversationId: string;
  readonly agentId: string;
}

/** A conversation in line, with what its agent should be like. */
export interface Waiting {
  readonly conversationId: string;
  readonly skill: string | null;
  /** Only members of this team may have it; a team without anybody who could sign in binds nobody. */
  readonly teamId: string | null;
  readonly language: string | null;
  /** Who served this customer last. */
  readonly lastAgentId: string | null;
  /** Who had it and was passed over. */
  readonly passedOverId: string | null;
  readonly waitedSeconds: number;
  readonly priority: number;
  /** As the database writes it: what tells whether the conversation is still at the place where it was seen. */
  readonly queuedAt: string;
}

/** Where a piece of the queue ended. */
export type QueuePlace = readonly [priority: number, queuedAt: string, id: string];

interface WaitingRow extends Omit<Waiting, "conversationId"> {
  readonly id: string;
}

/**
 * A piece of a merchant's queue, in order, without a lock.
 *
 * @param options.lastAgentDays how far back an earlier conversation counts for `lastAgentId`
 */
export async function readQueue(
  tx: Transaction,
  merchantId: string,
  options: { readonly at: Date; readonly lastAgentDays: number; readonly limit: number; readonly after?: QueuePlace },
): Promise<{ readonly waiting: Waiting[]; readonly last: QueuePlace | undefined }> {
  const { at, after } = options;
  const rows = await rowsOf<WaitingRow & Record<string, unknown>>(
    tx,
    sql`
    select c.id, c.priority, c.queued_at::text as "queuedAt", c.skill, c.locale as language,
      c.passed_over_id as "passedOverId",
      case when exists (select 1 from team_members t join memberships m on m.id = t.agent_id join users u on u.id = m.user_id
        where t.team_id = c.team_id and not m.disabled and not u.disabled) then c.team_id end as "teamId",
      greatest(0, extract(epoch from ${at.toISOString()}::timestamptz - c.queued_at))::int as "waitedSeconds",
      (select p.assignee_id from conversations p
        where p.customer_id = c.customer_id and p.id <> c.id and p.assignee_id is not null
          and p.created_at > ${at.toISOString()}::timestamptz - make_interval(days => ${options.lastAgentDays})
        order by p.created_at desc limit 1) as "lastAgentId"
    from conversations c
    where c.merchant_id = ${merchantId} and c.status = 'queued'
      ${
        after
          ? sql`and c.priority <= ${after[0]}
                and (c.priority < ${after[0]} or (c.queued_at, c.id) > (${after[1]}::timestamptz, ${after[2]}))`
          : sql``
      }
    order by c.priority desc, c.queued_at, c.id limit ${options.limit}`,
  );
  const final = rows.at(-1);
  return {
    waiting: rows.map(({ id, ...waiting }) => ({ ...waiting, conversationId: id })),
    last: rows.length === options.limit && final ? [final.priority, final.queuedAt, final.id] : undefined,
  };
}

/**
 * Locks conversations that are still in line where they were seen, in the order of the queue: the first lock of every path.
 * One that was put elsewhere in the line meanwhile (handed back, of another priority) may be another team's now, and comes
 * after those whom it was before: the next look decides on it.
 *
 * @returns their ids
 */
export async function lockWaiting(tx: Transaction, merchantId: string, seen: readonly Waiting[]): Promise<Set<string>> {
  const rows = await rowsOf<Pick<WaitingRow, "id" | "priority" | "queuedAt">>(
    tx,
    sql`select id, priority, queued_at::text as "queuedAt" from conversations
        where merchant_id = ${merchantId} and id = any(${textArray(seen.map((waiting) => waiting.conversationId))})
        and status = 'queued' order by priority desc, queued_at, id for update`,
  );
  const places = new Map(seen.map((waiting) => [waiting.conversationId, waiting]));
  const isThere = ({ id, priority, queuedAt }: (typeof rows)[number]) =>
    places.get(id)?.priority === priority && places.get(id)?.queuedAt === queuedAt;
  return new Set(rows.filter(isThere).map(({ id }) => id));
}

type Stored = Extract<Appended, { message: unknown }>;

/**
 * Gives locked conversations to locked agents who have room for them: five statements however many there are, so that
 * the queue's lock is held for milliseconds.
 *
 * @param names of the agents, for the line in the thread
 */
export async function assignLocked(
  tx: Transaction,
  context: Context,
  scope: { readonly merchantId: string; readonly names: ReadonlyMap<string, string> },
  plan: readonly Assignment[],
): Promise<Stored[]> {
  const at = context.now().toISOString();
  const agents = textArray(plan.map((item) => item.agentId));
  await rowsOf(
    tx,
    sql`update conversations c set status = 'assigned', assignee_id = x.agent, assigned_at = ${at}::timestamptz,
          accepted_at = null, passed_over_id = null, waiting_since = coalesce(c.waiting_since, c.queued_at),
          revision = c.revision + 1
        from unnest(${textArray(plan.map((item) => item.conversationId))}, ${agents}) as x(id, agent)
        where c.id = x.id and c.status = 'queued'`,
  );
  await rowsOf(tx, sql`update memberships set last_assigned_at = ${at}::timestamptz where id = any(${agents})`);
  const stored = await appendMessages(
    tx,
    plan.map(({ conversationId, agentId }) =>
      noticeMessage(context, scope.merchantId, conversationId, {
        key: "agent_joined",
        values: { name: scope.names.get(agentId) ?? "" },
      }),
    ),
  );
  await emitAll(
    tx,
    { merchantId: scope.merchantId, at: context.now() },
    "conversation.assigned",
    plan.map((item) => ({ ...item, by: "dispatcher" })),
  );
  return stored.filter((item): item is Stored => item.outcome === "created");
}

/** After the commit: customers, the agents who got somebody, and those who moved up are told. */
export async function announceAssigned(context: Context, merchantId: string, done: readonly Stored[]): Promise<void> {
  for (const stored of done) {
    await announce(context, stored);
    broadcastChange(stored.conversation);
    if (stored.conversation.assignee_id) {
      publish([realtimeChannel.agent(stored.conversation.assignee_id)], "conversation.assigned", {
        conversationId: stored.conversation.id,
      });
    }
  }
  if (done.length > 0) {
    await tellPlaces(context, merchantId);
  }
}

/** Those who still wait have moved up. */
async function tellPlaces(context: Context, merchantId: string): Promise<void> {
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select id from conversations where merchant_id = ${merchantId} and status = 'queued'
        order by priority desc, queued_at, id limit ${TOLD_PLACES}`,
  );
  for (const row of rows) {
    publish([realtimeChannel.visitor(row.id)], "conversation.changed", { conversationId: row.id, status: "queued" });
  }
}
