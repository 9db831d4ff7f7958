import { type SQL, sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import type { Presence } from "./schema";

interface Changed {
  readonly id: string;
  readonly presence: Presence;
}

/** Changes presences in one statement, with the fact for each: it wakes the dispatcher. */
async function change(
  context: Context & { readonly db: Database },
  merchantId: string,
  set: SQL,
  where: SQL,
): Promise<Changed[]> {
  const at = context.now();
  const changed = await context.db.transaction(async (tx) => {
    const rows = await rowsOf<Changed & Record<string, unknown>>(
      tx,
      sql`update memberships set ${set}, presence_changed_at = ${at.toISOString()}::timestamptz
          where merchant_id = ${merchantId} and ${where} returning id, presence`,
    );
    for (const { id, presence } of rows) {
      await emit(tx, { merchantId, at }, "agent.presence_changed", { agentId: id, status: presence });
    }
    return rows;
  });
  for (const { id, presence } of changed) {
    publish([realtimeChannel.desk(merchantId)], "agent.presence", { agentId: id, status: presence });
  }
  return changed;
}

/**
 * A desk says that it is open, and whether somebody was at it since it last said so. Who was made away or offline by the
 * server comes back with the first key or pointer; who chose it themselves stays.
 *
 * @returns the presence after it
 */
export async function pingDesk(context: Context<ActorOf<"agent">>, active: boolean): Promise<Presence> {
  const { agentId, merchantId } = context.actor;
  const at = context.now().toISOString();
  const [row] = await rowsOf<{ presence: Presence; auto: boolean }>(
    context.db,
    sql`update memberships set last_seen_at = ${at}::timestamptz,
          last_active_at = case when ${active} or last_active_at is null then ${at}::timestamptz else last_active_at end
        where id = ${agentId} returning presence, presence_auto as auto`,
  );
  if (!row?.auto) {
    return row?.presence ?? "offline";
  }
  const own = sql`id = ${agentId} and presence_auto`;
  const [back] = active
    ? await change(context, merchantId, sql`presence = 'online', presence_auto = false`, own)
    : await change(context, merchantId, sql`presence = 'away'`, sql`${own} and presence = 'offline'`);
  return back?.presence ?? row.presence;
}

/**
 * Makes agents away whom nobody has seen touch their desk, and offline whose desk is not heard of any more (A7). Agents
 * whose desk never told (an integration) keep what they set.
 *
 * @param limits `from`: time before it does not count (lib/routing/clock.ts)
 */
export async function settlePresence(
  context: Context,
  merchantId: string,
  limits: { readonly idleSeconds: number; readonly lostSeconds: number; readonly from: Date },
): Promise<void> {
  const at = sql`${context.now().toISOString()}::timestamptz`;
  const from = sql`${limits.from.toISOString()}::timestamptz`;
  const older = (stamp: SQL, seconds: number) =>
    sql`last_active_at is not null and ${at} - greatest(${stamp}, ${from}) >= make_interval(secs => ${seconds})`;
  const lost = older(sql`last_seen_at`, limits.lostSeconds);
  await change(
    context,
    merchantId,
    sql`presence = 'offline', presence_auto = true`,
    sql`(presence = 'online' or (presence = 'away' and presence_auto)) and ${lost}`,
  );
  if (limits.idleSeconds > 0) {
    const idle = older(sql`greatest(last_active_at, presence_changed_at)`, limits.idleSeconds);
    await change(
      context,
      merchantId,
      sql`presence = 'away', presence_auto = true`,
      sql`presence = 'online' and ${idle}`,
    );
  }
}
