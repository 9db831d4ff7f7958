import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { assign } from "./agent-service";
import { broadcastChange } from "./broadcast";
import { lockConversation } from "./repository";
import { announce } from "./service";

/** Most assignments of one run; the rest of a longer queue follows in the next. */
const BATCH = 200;
/** Visitors further back than this learn their new place from their own refresh. */
const TOLD_PLACES = 200;

export interface Assignment {
  readonly conversationId: string;
  readonly agentId: string;
}

interface Given extends Assignment {
  readonly notice: Awaited<ReturnType<typeof assign>>;
}

/** Says who gets which of the waiting conversations; runs inside the transaction that holds them. */
export type Planner = (queue: readonly string[], tx: Transaction) => Promise<readonly Assignment[]>;

/**
 * Gives the waiting conversations of a merchant away as `plan` says.
 *
 * One run per merchant at a time (advisory lock), over the whole queue at once: SKIP LOCKED workers leave places
 * empty, read-then-write puts 63 visitors on an agent with room for 5 (performance.md section 5). Conversations are
 * locked before agents, the lock order of every path.
 *
 * @returns how many were assigned
 */
export async function assignWaiting(context: Context, merchantId: string, plan: Planner): Promise<number> {
  const done = await context.db.transaction(async (tx) => {
    await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`dispatch:${merchantId}`}, 0))`);
    const queue = await rowsOf<{ id: string }>(
      tx,
      sql`
      select id from conversations where merchant_id = ${merchantId} and status = 'queued'
      order by priority desc, queued_at, id limit ${BATCH} for update`,
    );
    const items =
      queue.length > 0
        ? await plan(
            queue.map((row) => row.id),
            tx,
          )
        : [];
    const assigned: Given[] = [];
    for (const item of items) {
      const row = await lockConversation(tx, merchantId, item.conversationId);
      if (row) {
        assigned.push({ ...item, notice: await assign(tx, context, row, item.agentId, "dispatcher") });
      }
    }
    return assigned;
  });
  for (const { agentId, conversationId, notice } of done) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
    publish([realtimeChannel.agent(agentId)], "conversation.assigned", { conversationId });
  }
  if (done.length > 0) {
    await tellPlaces(context, merchantId);
  }
  return done.length;
}

/** Those who still wait have moved up. */
async function tellPlaces(context: Context, merchantId: string): Promise<void> {
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select id from conversations where merchant_id = ${merchantId} and status = 'queued' order by queued_at limit ${TOLD_PLACES}`,
  );
  for (const row of rows) {
    publish([realtimeChannel.visitor(row.id)], "conversation.changed", { conversationId: row.id, status: "queued" });
  }
}
