import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import type { Outbound } from "@/lib/channels/adapter";
import type { BoundAdapter } from "@/lib/channels/bind-service";
import { keepEvent, postNextEvent } from "@/lib/channels/event-service";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { defineJob } from "@/lib/platform/jobs/job";
import { broadcastMessageChange } from "./broadcast";
import { keepFailure } from "./channel-fact-jobs";
import type { MessageRow } from "./rows";
import { toMessage } from "./serialize";

/** Type of the event that a reply is. */
const REPLY = "message.created";

/**
 * Keeps a reply as an event of its channel, where replies are events: they are posted in order by `channel.post`.
 *
 * @returns false for a channel whose adapter sends itself
 */
export async function keepReply(
  context: Context,
  bound: BoundAdapter,
  row: MessageRow,
  channelId: string,
  reply: Outbound,
): Promise<boolean> {
  const { events } = bound.adapter;
  if (!events) {
    return false;
  }
  const agents = await agentCards(context.db, row.author_kind === "agent" && row.author_id ? [row.author_id] : []);
  const address = events.address(bound.context.config);
  const body = events.describe({
    reply,
    conversationId: row.conversation_id,
    author: row.author_kind,
    authorName: agents.get(row.author_id ?? "")?.name ?? null,
    at: new Date(row.created_at),
  });
  await context.db.transaction(async (tx) => {
    await keepEvent(tx, {
      id: row.id,
      channelId,
      conversationId: row.conversation_id,
      type: REPLY,
      body,
      outcome: address ? "waiting" : "kept",
    });
    if (!address) {
      await rowsOf(tx, sql`update messages set delivery = 'sent' where id = ${row.id} and delivery = 'queued'`);
    }
  });
  faultPoint("event.kept");
  return true;
}

async function announceDelivery(context: Context, messageId: string): Promise<void> {
  const [found] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`select to_jsonb(m) - 'tokens' as row from messages m where m.id = ${messageId}`,
  );
  if (found) {
    broadcastMessageChange(toMessage(found.row, new Map(), context.now()));
  }
}

/** Posts what waits for an integrator, one conversation in order; what is not taken waits for its next try. */
export const postEventsJob = defineJob({
  name: "channel.post",
  schema: z.object({ conversationId: z.string() }),
  handle: async ({ conversationId }, context) => {
    for (;;) {
      const tried = await postNextEvent(context, conversationId, async (tx, { event, outcome }, bound) => {
        if (outcome !== "waiting" && event.type === REPLY) {
          const delivery = outcome === "delivered" ? "sent" : "failed";
          await rowsOf(tx, sql`update messages set delivery = ${delivery} where id = ${event.id}`);
        }
        if (outcome === "failed" && event.type === REPLY) {
          await keepFailure(tx, bound, event, context.now());
        }
      });
      if (!tried || tried.outcome === "waiting") {
        return;
      }
      if (tried.event.type === REPLY) {
        await announceDelivery(context, tried.event.id);
      }
    }
  },
});
