import { and, eq, isNull } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { record } from "@/lib/audit/service";
import type { Context } from "@/lib/platform/context";
import type { BoundAdapter } from "./bind-service";
import { type ChannelFacts, forgetChannel } from "./lookup-queries";

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
