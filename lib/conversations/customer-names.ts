import { and, eq, inArray, isNull } from "drizzle-orm";
import { customerIdentities, customers } from "@/db/schema/customers";
import { bindAdapter } from "@/lib/channels/bind-service";
import type { ChannelFacts } from "@/lib/channels/lookup-queries";
import type { Context } from "@/lib/platform/context";

/** Asks the platform what customers are called who have no name yet. That it does not tell is no failure. */
export async function nameCustomers(
  context: Context,
  channel: ChannelFacts,
  externalUserIds: readonly string[],
): Promise<void> {
  const { adapter, context: bound } = await bindAdapter(context, channel);
  if (!adapter.feed?.profiles || externalUserIds.length === 0) {
    return;
  }
  const nameless = await context.db
    .select({ customerId: customers.id, externalId: customerIdentities.externalId })
    .from(customerIdentities)
    .innerJoin(customers, eq(customers.id, customerIdentities.customerId))
    .where(
      and(
        eq(customerIdentities.channelId, channel.id),
        inArray(customerIdentities.externalId, [...externalUserIds]),
        isNull(customers.name),
      ),
    );
  if (nameless.length === 0) {
    return;
  }
  try {
    const profiles = await adapter.feed.profiles(
      nameless.map(({ externalId }) => externalId),
      bound,
    );
    for (const { customerId, externalId } of nameless) {
      const profile = profiles.get(externalId);
      if (profile?.name) {
        await context.db.update(customers).set({ name: profile.name }).where(eq(customers.id, customerId));
      }
    }
  } catch (error) {
    context.log.warn({ channelId: channel.id, reason: String(error) }, "names of customers could not be read");
  }
}
