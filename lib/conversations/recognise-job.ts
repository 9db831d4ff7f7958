import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { ChannelError } from "@/lib/channels/adapter";
import { bindAdapter } from "@/lib/channels/bind-service";
import { findChannel } from "@/lib/channels/lookup-queries";
import { learnUnionId } from "@/lib/customers/union-service";
import { defineJob } from "@/lib/platform/jobs/job";

/**
 * Asks the platform of a new customer for the id that all its accounts share, so that somebody who came by another account
 * before is one customer. That it does not tell (an account without the right, a platform without such an id) is no failure.
 */
export const recogniseJob = defineJob({
  name: "customer.recognise",
  schema: z.object({ identityId: z.string() }),
  handle: async ({ identityId }, context) => {
    const [identity] = await rowsOf<{ channel_id: string; external_id: string }>(
      context.db,
      sql`select channel_id, external_id from customer_identities where id = ${identityId} and union_id is null`,
    );
    const channel = identity && (await findChannel(context.db, identity.channel_id));
    if (!identity || !channel) {
      return;
    }
    const bound = await bindAdapter(context, channel);
    try {
      const unionId = await bound.adapter.unionId?.(identity.external_id, bound.context);
      if (unionId) {
        await learnUnionId(context, identityId, unionId);
      }
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind === "transient") {
        throw error;
      }
      context.log.info(
        { channelId: channel.id, reason: error.message },
        "the platform does not tell who a customer is",
      );
    }
  },
});
