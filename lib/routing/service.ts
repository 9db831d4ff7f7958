import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { assignWaiting } from "@/lib/conversations/queue-service";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { type FreeAgent, planAssignments } from "./plan";

async function freeAgents(tx: Transaction, merchantId: string): Promise<FreeAgent[]> {
  const rows = await rowsOf<{ id: string; capacity: number; open: number; last: string | null }>(
    tx,
    sql`
    select m.id, m.capacity,
      (select count(*)::int from conversations c where c.assignee_id = m.id and c.status in ('assigned', 'snoozed')) as open,
      extract(epoch from m.last_assigned_at) * 1000 as last
    from memberships m join users u on u.id = m.user_id
    where m.merchant_id = ${merchantId} and m.presence = 'online' and not m.disabled and not u.disabled
    order by m.id for update of m`,
  );
  return rows.map((row) => ({
    agentId: row.id,
    open: row.open,
    capacity: row.capacity,
    lastAssignedAt: Number(row.last ?? 0),
  }));
}

/** Serves a merchant's queue: who has room gets who has waited longest. @returns how many were assigned */
export function dispatchQueue(context: Context<ActorOf<"system">>, merchantId: string): Promise<number> {
  const scoped = { ...context, actor: { kind: "system", merchantId } as const };
  return assignWaiting(scoped, merchantId, async (queue, tx) =>
    planAssignments(queue, await freeAgents(tx, merchantId)),
  );
}
