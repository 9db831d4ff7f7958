import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { selectChannel, selectChannels, selectDeliveries } from "./repository";
import type { Channel } from "./schema";
import { secretNames } from "./secret-queries";
import { toChannel } from "./serialize";

type Reader = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

const DELIVERIES_SHOWN = 20;

export interface Delivery {
  readonly id: string;
  readonly outcome: string;
  readonly error: string | null;
  readonly createdAt: string;
}

/** The channels of the caller's merchant, oldest first. */
export async function listChannels(context: Reader): Promise<Channel[]> {
  const rows = await selectChannels(context.db, merchantOf(context));
  return rows.map((row) => toChannel(row, secretNames(row.sealedSecrets)));
}

/** One channel with what last came in over its webhook. @throws AppError not_found */
export async function getChannel(context: Reader, id: string): Promise<Channel & { deliveries: Delivery[] }> {
  const row = await selectChannel(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "channel_not_found");
  }
  const deliveries = await selectDeliveries(context.db, id, DELIVERIES_SHOWN);
  return {
    ...toChannel(row, secretNames(row.sealedSecrets)),
    deliveries: deliveries.map((delivery) => ({ ...delivery, createdAt: delivery.createdAt.toISOString() })),
  };
}
