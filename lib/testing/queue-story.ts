import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";

interface Fact {
  readonly id: number;
  readonly type: string;
  readonly conversation: string;
  readonly at: number;
  readonly by: string | null;
  readonly reason: string | null;
  /** Whom it was given to. */
  readonly agent: string | null;
  readonly group: string;
}

/** Facts that end an agent's having a conversation. */
const RELEASES = new Set([
  "conversation.queued",
  "conversation.resolved",
  "conversation.transferred",
  "conversation.reopened",
]);

/** Why a conversation is taken back from its agent: it goes before everybody of its priority, however late that is. */
const TAKEN_BACK = new Set(["not_accepted", "silent_requeued", "agent_gone"]);

async function factsOf(db: Database, merchantId: string): Promise<Fact[]> {
  const rows = await rowsOf<Fact & Record<string, unknown>>(
    db,
    sql`select e.id::int as id, e.type, e.conversation_id as conversation,
          (extract(epoch from e.occurred_at) * 1000)::float8 as at, e.payload ->> 'by' as by,
          e.payload ->> 'reason' as reason, e.payload ->> 'agentId' as agent,
          concat_ws('/', c.priority, c.skill, c.locale) as "group"
        from domain_events e join conversations c on c.id = e.conversation_id
        where e.merchant_id = ${merchantId} and e.type like 'conversation.%' order by e.id`,
  );
  return rows;
}

/** Conversations that were given to an agent while they were already somebody's. */
export async function twiceAssigned(db: Database, merchantId: string): Promise<string[]> {
  const taken = new Set<string>();
  const wrong: string[] = [];
  for (const fact of await factsOf(db, merchantId)) {
    if (fact.type === "conversation.assigned") {
      // The one who has it may hand it on; that is told after the assignment.
      if (taken.has(fact.conversation) && fact.by !== "transferred" && fact.by !== "accepted") {
        wrong.push(`${fact.conversation} at fact ${fact.id}`);
      }
      taken.add(fact.conversation);
    } else if (RELEASES.has(fact.type)) {
      taken.delete(fact.conversation);
    }
  }
  return wrong;
}

/**
 * Visitors whom the dispatcher served although somebody with the same priority and needs had been in line before them.
 *
 * @param entered when each queueing was committed for certain, by conversation and time of queueing: only who was in
 * line before a run began was overtaken by it
 */
export async function overtakings(
  db: Database,
  merchantId: string,
  entered: ReadonlyMap<string, number>,
): Promise<string[]> {
  const line = new Map<string, Fact>();
  const had = new Map<string, string | null>();
  const wrong: string[] = [];
  for (const fact of await factsOf(db, merchantId)) {
    if (fact.type === "conversation.queued") {
      line.set(fact.conversation, fact);
      continue;
    }
    const own = line.get(fact.conversation);
    const inTurn = own !== undefined && !TAKEN_BACK.has(own.reason ?? "");
    if (fact.type === "conversation.assigned" && fact.by === "dispatcher" && inTurn) {
      for (const other of line.values()) {
        const committed = entered.get(`${other.conversation}:${other.at}`) ?? Number.POSITIVE_INFINITY;
        // Who was handed back by an agent, or taken back, does not go to that agent, who may be the only one free.
        const passedOver =
          other.reason === "transferred" ||
          (TAKEN_BACK.has(other.reason ?? "") && had.get(other.conversation) === fact.agent);
        if (!passedOver && other.group === own.group && other.at < own.at && committed < fact.at) {
          wrong.push(`${own.conversation} (${own.reason}) before ${other.conversation} (${other.reason})`);
        }
      }
    }
    if (fact.type === "conversation.assigned") {
      had.set(fact.conversation, fact.agent);
    }
    if (fact.type !== "conversation.transferred") {
      line.delete(fact.conversation);
    }
  }
  return wrong;
}

/** Agents with more open conversations than they can have. */
export async function overloaded(db: Database, merchantId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string; open: number; capacity: number }>(
    db,
    sql`select m.id, m.capacity, count(c.id)::int as open from memberships m
        join conversations c on c.assignee_id = m.id and c.status in ('assigned', 'snoozed')
        where m.merchant_id = ${merchantId} group by m.id having count(c.id) > m.capacity`,
  );
  return rows.map((row) => `${row.id}: ${row.open} of ${row.capacity}`);
}

/** Rows that contradict themselves: somebody's without an agent, in line with one. */
export async function impossibleRows(db: Database, merchantId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select id from conversations where merchant_id = ${merchantId} and (
          (status = 'assigned' and assignee_id is null) or (status = 'queued' and (assignee_id is not null or queued_at is null)))`,
  );
  return rows.map((row) => row.id);
}
