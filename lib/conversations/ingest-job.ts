import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/channels";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { repliesOnlyPassively } from "@/lib/channels/passive-only-service";
import { closeSlot } from "@/lib/channels/passive-service";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { NoRoom } from "@/lib/platform/jobs/crowd";
import { enqueue } from "@/lib/platform/jobs/emit";
import { defineJob } from "@/lib/platform/jobs/job";
import { type Reading, receiveFeed, receiveItems } from "./channel-jobs";
import { deliverHeld } from "./held-replies";
import type { ConversationRow } from "./rows";

/** How many that came before are made good by one job; those beyond have their own next try. */
const EARLIER_MAX = 20;
/** How long before it one may have come that a delivery still lets go first, in minutes. */
const EARLIER_MINUTES = 10;
/** When a delivery comes back whose files had to wait for others', in seconds. */
const ROOM_SECONDS = 2;

interface Delivery {
  readonly id: string;
  readonly channel_id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly created_at: string;
  readonly lane: string | null;
}

/** Nobody answers at once where a person has the conversation: the request that waits is let go. */
async function releaseRequest(
  reading: Reading,
  deliveryId: string,
  touched: readonly ConversationRow[],
): Promise<void> {
  const { passive } = reading.bound.adapter;
  const only = repliesOnlyPassively(reading.channel, reading.bound);
  const isWithPerson = touched.every((row) => row.status !== "bot");
  if (passive && (touched.length === 0 || (!only && isWithPerson))) {
    await closeSlot(reading.context.db, deliveryId);
  } else if (only && isWithPerson) {
    await deliverHeld(reading.context.db, touched);
  }
}

/**
 * The delivery, and before it those of its lane that came earlier and are still unread: their try failed, and what came
 * after them must not overtake them while they wait for the next.
 *
 * @returns in the order of arrival, the delivery itself last; nothing when it was read already
 */
function unreadUpTo(context: Context, deliveryId: string): Promise<Delivery[]> {
  return rowsOf<Delivery>(
    context.db,
    sql`
    with own as materialized (
      select id, channel_id, headers, body, created_at, lane, position from webhook_deliveries
      where id = ${deliveryId} and processed_at is null),
    earlier as (
      select d.id, d.channel_id, d.headers, d.body, d.created_at, d.lane, d.position
      from own join webhook_deliveries d on d.lane = own.lane and d.position < own.position
        and d.created_at > own.created_at - make_interval(mins => ${EARLIER_MINUTES})
      where d.processed_at is null and d.lane is not null order by d.position limit ${EARLIER_MAX})
    select id, channel_id, headers, body, created_at, lane from (
      select *, false as is_own from earlier union all select *, true from own) as unread
    order by is_own, position`,
  );
}

/** Reads one delivery to its end. @throws what kept it from being read; the row says so, too */
async function read(context: Context, channel: ChannelFacts, bound: BoundAdapter, delivery: Delivery): Promise<void> {
  const where = eq(webhookDeliveries.id, delivery.id);
  const reading: Reading = { context, channel, bound, receivedAt: new Date(delivery.created_at) };
  faultPoint("ingest.begun");
  const { headers } = delivery;
  const request = { method: "POST", headers, query: {}, body: Buffer.from(delivery.body, "base64") };
  try {
    const bell = bound.adapter.feed?.bell(request, bound.context);
    if (bell) {
      await receiveFeed(context, channel, bell);
    }
    const items = await bound.adapter.parse(request, bound.context);
    const touched = await receiveItems(reading, items);
    faultPoint("ingest.all_stored");
    // Before the delivery counts as read: whoever takes over from a process that ended here lets the request go, too.
    await releaseRequest(reading, delivery.id, touched);
    faultPoint("ingest.request_released");
    const outcome = bell || items.some((item) => item.kind !== "ignored") ? "processed" : "ignored";
    await context.db.update(webhookDeliveries).set({ outcome, error: null, processedAt: context.now() }).where(where);
  } catch (error) {
    if (error instanceof NoRoom) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : "error";
    await context.db
      .update(webhookDeliveries)
      .set({ error: reason.slice(0, 500) })
      .where(where);
    throw error;
  }
}

/** @throws NoRoom when files of one of them have to wait: those after it wait with it */
async function readAll(context: Context, channel: ChannelFacts, unread: readonly Delivery[]): Promise<void> {
  const bound = await bindAdapter(context, channel);
  for (const delivery of unread) {
    try {
      await read(context, channel, bound, delivery);
    } catch (error) {
      if (delivery === unread.at(-1) || error instanceof NoRoom) {
        throw error;
      }
      // What cannot be read now must not block its customer's lane for ever: the next ones are stored without it, and
      // its own job, which waits for its next try, comes back to it.
      context.log.warn({ deliveryId: delivery.id, reason: String(error) }, "an earlier delivery is still not read");
    }
  }
}

/**
 * Turns a stored webhook delivery into messages, after those of the same sender that failed before it. Safe to run again:
 * dedupe is by the platform's message ids.
 */
export const ingestJob = defineJob({
  name: "channel.ingest",
  replayable: true,
  schema: z.object({ deliveryId: z.string() }),
  handle: async ({ deliveryId }, context) => {
    const unread = await unreadUpTo(context, deliveryId);
    const own = unread.at(-1);
    const channel = own && (await findChannel(context.db, own.channel_id));
    if (!own || !channel) {
      return;
    }
    try {
      await readAll(context, channel, unread);
    } catch (error) {
      if (!(error instanceof NoRoom)) {
        throw error;
      }
      const lane = own.lane ?? `ingest:${channel.id}`;
      await context.db.transaction((tx) =>
        enqueue(tx, { name: "channel.ingest", payload: { deliveryId }, lane, delay: ROOM_SECONDS }),
      );
    }
  },
});
