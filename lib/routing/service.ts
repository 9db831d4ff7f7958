import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import {
  type Assignment,
  announceAssigned,
  assignLocked,
  lockWaiting,
  type QueuePlace,
  readQueue,
  type Waiting,
} from "@/lib/conversations/queue-service";
import { routingSettings } from "@/lib/conversations/settings-schema";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import type { SettingsOf } from "@/lib/settings/definition";
import { readSettings } from "@/lib/settings/service";
import { type OnlineAgent, Planner } from "./plan";

type Settings = SettingsOf<typeof routingSettings>;
type Agents = { readonly agents: OnlineAgent[]; readonly names: Map<string, string> };

/** Conversations that are looked at in one step. */
const PIECE = 500;
/** Most assignments of one transaction: it holds their rows, and visitors who write meanwhile wait for it. */
const BATCH = 200;
/** Runs that end because others took what was planned; each means that somebody else made progress. */
const ROUNDS = 50;

/** Who is online, with their open conversations. `lock` keeps the rows until the transaction ends. */
async function onlineAgents(tx: Transaction, merchantId: string, lock: boolean): Promise<Agents> {
  const online = sql`m.merchant_id = ${merchantId} and m.presence = 'online' and not m.disabled and not u.disabled`;
  if (lock) {
    // No key update: a message of a conversation looks at its agent's key, and must not wait for this (nor deadlock).
    // Locked by a statement of its own: a count in the same one would be as old as the wait for the lock is long.
    await rowsOf(
      tx,
      sql`select m.id from memberships m join users u on u.id = m.user_id where ${online} order by m.id for no key update of m`,
    );
  }
  const rows = await rowsOf<{
    id: string;
    name: string;
    capacity: number;
    skills: string[];
    languages: string[];
    teams: string[];
    open: number;
    last: string | null;
  }>(
    tx,
    sql`
    select m.id, u.name, m.capacity, m.skills, m.languages,
      array(select t.team_id from team_members t where t.agent_id = m.id) as teams,
      (select count(*)::int from conversations c where c.assignee_id = m.id and c.status in ('assigned', 'snoozed')) as open,
      extract(epoch from m.last_assigned_at) * 1000 as last
    from memberships m join users u on u.id = m.user_id where ${online} order by m.id`,
  );
  return {
    names: new Map(rows.map((row) => [row.id, row.name])),
    agents: rows.map(({ id, last, ...row }) => ({ ...row, agentId: id, lastAssignedAt: Number(last ?? 0) })),
  };
}

/** What a look at the queue says should be done; nothing is locked yet. */
async function propose(
  tx: Transaction,
  context: Context,
  merchantId: string,
  settings: Settings,
): Promise<{ readonly chosen: Waiting[]; readonly more: boolean }> {
  const planner = new Planner((await onlineAgents(tx, merchantId, false)).agents, settings);
  const chosen: Waiting[] = [];
  let after: QueuePlace | undefined;
  do {
    if (planner.full) {
      break;
    }
    const options = { at: context.now(), lastAgentDays: settings.lastAgentDays, limit: PIECE };
    const piece = await readQueue(tx, merchantId, after ? { ...options, after } : options);
    const given = new Set(planner.take(piece.waiting).map((item) => item.conversationId));
    chosen.push(...piece.waiting.filter((waiting) => given.has(waiting.conversationId)));
    after = piece.last;
  } while (after && chosen.length < BATCH);
  return { chosen: chosen.slice(0, BATCH), more: chosen.length > BATCH || (after !== undefined && !planner.full) };
}

/**
 * One run: look, lock conversations, then agents (the lock order of every path), plan again with what is true now, write.
 *
 * One run per merchant at a time (advisory lock): SKIP LOCKED workers leave places empty, read-then-write puts 63 visitors
 * on an agent with room for 5 (performance.md section 5).
 */
async function run(
  given: Context,
  merchantId: string,
): Promise<{ readonly assigned: number; readonly again: boolean }> {
  let context = given;
  const done = await given.db.transaction(async (tx) => {
    await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`dispatch:${merchantId}`}, 0))`);
    // One time for the whole run, that of the look: who came later was not overtaken by it.
    const at = given.now();
    context = { ...given, now: () => at };
    const settings = await readSettings(tx, merchantId, routingSettings);
    const { chosen, more } = await propose(tx, context, merchantId, settings);
    if (chosen.length === 0) {
      return { stored: [], again: false };
    }
    const held = await lockWaiting(tx, merchantId, chosen);
    const { agents, names } = await onlineAgents(tx, merchantId, true);
    const plan: Assignment[] = new Planner(agents, settings).take(
      chosen.filter((waiting) => held.has(waiting.conversationId)),
    );
    const stored = plan.length > 0 ? await assignLocked(tx, context, { merchantId, names }, plan) : [];
    return { stored, again: more || plan.length < chosen.length };
  });
  await announceAssigned(context, merchantId, done.stored);
  return { assigned: done.stored.length, again: done.again };
}

/** Serves a merchant's queue until nobody waits whom a free agent fits. @returns how many were assigned */
export async function dispatchQueue(context: Context<ActorOf<"system">>, merchantId: string): Promise<number> {
  const scoped = { ...context, actor: { kind: "system", merchantId } as const };
  let total = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { assigned, again } = await run(scoped, merchantId);
    total += assigned;
    if (!again) {
      break;
    }
  }
  return total;
}

/**
 * Who waits although a free agent fits them: what a run right now would assign. Empty whenever the dispatcher has run
 * after the last change; for tests and for the operator's check.
 */
export function waitingForNobody(context: Context, merchantId: string): Promise<string[]> {
  return context.db.transaction(async (tx) => {
    const settings = await readSettings(tx, merchantId, routingSettings);
    const { chosen } = await propose(tx, context, merchantId, settings);
    return chosen.map((waiting) => waiting.conversationId);
  });
}
