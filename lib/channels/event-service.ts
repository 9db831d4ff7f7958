import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { enqueue } from "@/lib/platform/jobs/emit";
import { laneAmong } from "@/lib/platform/jobs/lanes";
import { ChannelError } from "./adapter";
import { type BoundAdapter, bindAdapter } from "./bind-service";
import {
  type ChannelEventRow,
  type EventChange,
  findEvent,
  firstWaiting,
  insertEvent,
  type NewChannelEvent,
  saveEvent,
} from "./event-repository";
import { nextAttempt } from "./event-schedule";
import { findChannel } from "./lookup-queries";
import { selectChannel } from "./repository";

async function schedulePost(
  tx: Transaction,
  event: { readonly channelId: string; readonly conversationId: string },
  delaySeconds?: number,
): Promise<void> {
  await enqueue(tx, {
    name: "channel.post",
    payload: { conversationId: event.conversationId },
    lane: laneAmong(`post:${event.channelId}`, event.conversationId),
    key: `post:${event.conversationId}`,
    ...(delaySeconds !== undefined && { delay: delaySeconds }),
  });
}

/**
 * Keeps something that an integrator is to hear, with the job that posts it. The same id again changes nothing.
 *
 * @param event.outcome `waiting` when there is an address to post to, else `kept`
 */
export async function keepEvent(tx: Transaction, event: NewChannelEvent): Promise<void> {
  if ((await insertEvent(tx, event)) && event.outcome === "waiting") {
    await schedulePost(tx, event);
  }
}

/** What became of one try. */
type Tried = { readonly event: ChannelEventRow; readonly outcome: "delivered" | "failed" | "waiting" };

async function tryOnce(bound: BoundAdapter, event: ChannelEventRow, now: Date): Promise<EventChange> {
  const attempts = event.attempts + 1;
  try {
    const status = await bound.adapter.events?.post({ id: event.id, body: event.body }, bound.context);
    return { outcome: "delivered", attempts, status: status ?? null, error: null, nextAttemptAt: null };
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    const next = error.kind === "transient" ? nextAttempt({ ...event, attempts }, now) : undefined;
    const status = Number(/\b[1-5]\d\d$/.exec(error.message)?.[0]) || null;
    return {
      outcome: next ? "waiting" : "failed",
      attempts,
      status,
      error: error.message,
      nextAttemptAt: next ?? null,
    };
  }
}

/**
 * Posts the oldest waiting event of a conversation, if its time has come. A failure leaves it waiting for its next try,
 * with the job for that in the same transaction; a crash after the post repeats it under the same id.
 *
 * @param settle what else changes with the outcome, in its transaction
 * @returns undefined when nothing waits, or not yet
 */
export async function postNextEvent(
  context: Context,
  conversationId: string,
  settle: (tx: Transaction, tried: Tried, bound: BoundAdapter) => Promise<void>,
): Promise<Tried | undefined> {
  const event = await firstWaiting(context.db, conversationId);
  const channel = event && (await findChannel(context.db, event.channelId));
  if (!event || !channel) {
    return undefined;
  }
  const now = context.now();
  if (event.nextAttemptAt && event.nextAttemptAt > now) {
    const seconds = (event.nextAttemptAt.getTime() - now.getTime()) / 1_000;
    await context.db.transaction((tx) => schedulePost(tx, event, seconds));
    return undefined;
  }
  const bound = await bindAdapter(context, channel);
  const change = await tryOnce(bound, event, now);
  faultPoint("event.posted");
  const outcome = change.outcome as Tried["outcome"];
  await context.db.transaction(async (tx) => {
    await saveEvent(tx, event.position, { ...change, ...(outcome !== "waiting" && { finishedAt: context.now() }) });
    await settle(tx, { event, outcome }, bound);
    if (change.nextAttemptAt) {
      await schedulePost(tx, event, (change.nextAttemptAt.getTime() - now.getTime()) / 1_000);
    }
  });
  faultPoint("event.noted");
  return { event, outcome };
}

/**
 * Sends an event once more, whatever became of it: as it was, under the same id, signed anew.
 *
 * @throws AppError not_found; conflict `channel_disabled`
 */
export async function replayEvent(context: Context, channelId: string, id: string): Promise<void> {
  const channel = await selectChannel(context.db, merchantOf(context), channelId);
  const event = channel && (await findEvent(context.db, channelId, id));
  if (!channel || !event) {
    throw new AppError("not_found", "delivery_not_found");
  }
  if (!channel.enabled) {
    throw new AppError("conflict", "channel_disabled");
  }
  await context.db.transaction(async (tx) => {
    await saveEvent(tx, event.position, {
      outcome: "waiting",
      attempts: 0,
      nextAttemptAt: null,
      finishedAt: null,
      error: null,
      status: null,
    });
    await schedulePost(tx, event);
    await record(tx, context, {
      action: "channel.event_replayed",
      targetType: "channel",
      targetId: channelId,
      after: { id },
    });
  });
}
