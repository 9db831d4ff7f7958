import { and, eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { customerIdentities } from "@/db/schema/customers";

/** Whom a channel knows by this id of its own. @returns the customer's id */
export async function knownCustomer(
  executor: Executor,
  channelId: string,
  externalId: string,
): Promise<string | undefined> {
  const [row] = await executor
    .select({ customerId: customerIdentities.customerId })
    .from(customerIdentities)
    .where(and(eq(customerIdentities.channelId, channelId), eq(customerIdentities.externalId, externalId)));
  return row?.customerId;
}
