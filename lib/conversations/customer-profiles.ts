import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";
import { customerIdentities, customers } from "@/db/schema/customers";
import type { Profile } from "@/lib/channels/adapter";
import { bindAdapter } from "@/lib/channels/bind-service";
import type { ChannelFacts } from "@/lib/channels/lookup-queries";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";

/** People change their names and pictures: how long what a platform told counts, in milliseconds. */
const FRESH_MS = 24 * 3_600_000;

interface Person {
  readonly customerId: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly avatarSource: string | null;
}

/** Those of whom the platform told nothing yet, or long ago. */
function unknownOf(context: Context, channelId: string, externalUserIds: readonly string[]): Promise<Person[]> {
  const stale = new Date(context.now().getTime() - FRESH_MS);
  return context.db
    .select({
      customerId: customers.id,
      externalId: customerIdentities.externalId,
      name: customers.name,
      avatarSource: customers.avatarSource,
    })
    .from(customerIdentities)
    .innerJoin(customers, eq(customers.id, customerIdentities.customerId))
    .where(
      and(
        eq(customerIdentities.channelId, channelId),
        inArray(customerIdentities.externalId, [...externalUserIds]),
        or(isNull(customers.name), isNull(customers.profileReadAt), lt(customers.profileReadAt, stale)),
      ),
    );
}

/** A name that somebody gave the customer here stays; a picture that changed is fetched by a job of its own. */
async function learn(context: Context, channelId: string, person: Person, profile: Profile): Promise<void> {
  const { customerId: id } = person;
  const url = profile.avatarUrl;
  await context.db.transaction(async (tx) => {
    await tx
      .update(customers)
      .set({ profileReadAt: context.now(), ...(profile.name && person.name === null && { name: profile.name }) })
      .where(eq(customers.id, id));
    if (url && url !== person.avatarSource && URL.canParse(url)) {
      await enqueue(tx, {
        name: "customer.picture",
        payload: { customerId: id, url },
        lane: `pictures:${channelId}`,
        key: `picture:${id}`,
      });
    }
  });
}

/** Asks the platform what its customers are called and look like. That it does not tell is no failure. */
export async function profileCustomers(
  context: Context,
  channel: ChannelFacts,
  externalUserIds: readonly string[],
): Promise<void> {
  const { adapter, context: bound } = await bindAdapter(context, channel);
  if (!adapter.feed?.profiles || externalUserIds.length === 0) {
    return;
  }
  const people = await unknownOf(context, channel.id, externalUserIds);
  if (people.length === 0) {
    return;
  }
  try {
    const profiles = await adapter.feed.profiles(
      people.map(({ externalId }) => externalId),
      bound,
    );
    for (const person of people) {
      const profile = profiles.get(person.externalId);
      if (profile) {
        await learn(context, channel.id, person, profile);
      }
    }
  } catch (error) {
    context.log.warn({ channelId: channel.id, reason: String(error) }, "names of customers could not be read");
  }
}
