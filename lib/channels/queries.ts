import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { selectEventsAfter, selectLastEvents } from "./event-repository";
import { selectChannel, selectChannels, selectDeliveries } from "./repository";
import type { Channel, ChannelDetail, ChannelEvent } from "./schema";
import { overlapsOf, secretNames } from "./secret-queries";
import { type ChannelRow, toChannel, toChannelEvent } from "./serialize";

type Reader = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

const DELIVERIES_SHOWN = 20;

async function ownChannel(context: Reader, id: string): Promise<ChannelRow> {
  const row = await selectChannel(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "channel_not_found");
  }
  return row;
}

/** The channels of the caller's merchant, oldest first. */
export async function listChannels(context: Reader): Promise<Channel[]> {
  const rows = await selectChannels(context.db, merchantOf(context));
  return rows.map((row) => toChannel(row, secretNames(row.sealedSecrets)));
}

/** One channel with what last came in over its webhook and what last went out as events. @throws AppError not_found */
export async function getChannel(context: Reader, id: string): Promise<ChannelDetail> {
  const row = await ownChannel(context, id);
  const deliveries = await selectDeliveries(context.db, id, DELIVERIES_SHOWN);
  const events = await selectLastEvents(context.db, id, DELIVERIES_SHOWN);
  return {
    ...toChannel(row, secretNames(row.sealedSecrets)),
    deliveries: deliveries.map((delivery) => ({ ...delivery, createdAt: delivery.createdAt.toISOString() })),
    events: events.map(toChannelEvent),
    overlaps: overlapsOf(row.sealedSecrets, context.now()).map(({ name, until }) => ({
      name,
      until: until.toISOString(),
    })),
  };
}

/**
 * Events of a channel after a position, oldest first, with their content: what an integrator reads who is not posted to.
 *
 * @throws AppError not_found
 */
export async function listChannelEvents(
  context: Reader,
  id: string,
  range: { readonly after: number; readonly limit: number },
): Promise<{ items: (ChannelEvent & { data: Record<string, unknown> })[]; next: number }> {
  await ownChannel(context, id);
  const rows = await selectEventsAfter(context.db, id, range.after, range.limit);
  return {
    items: rows.map((row) => ({ ...toChannelEvent(row), data: JSON.parse(row.body) as Record<string, unknown> })),
    next: rows.at(-1)?.position ?? range.after,
  };
}
