import { asc, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { install as contract } from "@/lib/identity/install-contracts";
import { install } from "@/lib/identity/install-service";
import type { Context } from "@/lib/platform/context";
import { operation } from "@/lib/platform/http/handler";
import { insertFirstChannel } from "./first-channel";
import { sampleFiller } from "./samples";

/** After the commit: who waits long for samples, or loses them to a stop, is installed all the same. */
async function fillSamples(context: Context, merchantId: string, agent: { id: string; name: string }): Promise<void> {
  const [channel] = await context.db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.merchantId, merchantId))
    .orderBy(asc(channels.createdAt))
    .limit(1);
  try {
    await sampleFiller()?.(context.db, { merchantId, channelId: channel?.id ?? "", agents: [agent] }, context.now());
  } catch (error) {
    context.log.error({ err: error }, "samples were not filled in");
  }
}

/** Sets up: merchant, administrator, a web channel that can be tried at once, and samples for whoever wants them. */
export const installOperation = operation(contract, async ({ body }, context) => {
  const { email, merchantId, agentId } = await install(context, body, (tx, id) =>
    insertFirstChannel(tx, { id, name: body.merchantName, locale: body.locale }, context.now()),
  );
  if (body.samples) {
    await fillSamples(context, merchantId, { id: agentId, name: body.name });
  }
  return { email };
});
