import { and, eq, isNull } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import type { BoundAdapter } from "./bind-service";
import { type ChannelFacts, forgetChannel } from "./lookup-queries";
import { lockChannel } from "./repository";

/** True where replies reach customers in the answer to a webhook only: set so, or found out when one was refused. */
export function repliesOnlyPassively(channel: ChannelFacts, { adapter, context }: BoundAdapter): boolean {
  return adapter.passive !== undefined && (channel.passiveSince !== null || adapter.passive.only(context.config));
}

/**
 * Remembers that the platform refuses replies by its API for this account (WeChat's 48001): from now on they go in the
 * answers to webhooks. Told on the channel's page, from where it can be tried again.
 */
export async function switchToPassive(context: Context, channel: ChannelFacts): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [changed] = await tx
      .update(channels)
      .set({ passiveSince: context.now() })
      .where(and(eq(channels.id, channel.id), isNull(channels.passiveSince)))
      .returning({ id: channels.id });
    if (changed) {
      const system = { ...context, actor: { kind: "system", merchantId: channel.merchantId } } as const;
      await record(tx, system, { action: "channel.replies_refused", targetType: "channel", targetId: channel.id });
    }
  });
  forgetChannel(channel.id);
}

/**
 * Forgets that replies were refused: the next goes by the API.
 *
 * @returns false when they were not
 * @throws AppError not_found
 */
export async function allowReplies(context: Context, channelId: string): Promise<boolean> {
  const isChanged = await context.db.transaction(async (tx) => {
    const row = await lockChannel(tx, merchantOf(context), channelId);
    if (!row) {
      throw new AppError("not_found", "channel_not_found");
    }
    if (row.passiveSince === null) {
      return false;
    }
    await tx.update(channels).set({ passiveSince: null }).where(eq(channels.id, channelId));
    await record(tx, context, { action: "channel.replies_retried", targetType: "channel", targetId: channelId });
    return true;
  });
  forgetChannel(channelId);
  return isChanged;
}
