import { availabilityOf } from "@/lib/conversations/availability-queries";
import { listAgents, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";

/** True when somebody of the merchant could take a conversation now: online, and within business hours. */
export async function isSomebodyOnline(context: Context): Promise<boolean> {
  const agents = await listAgents(context);
  if (!agents.some((agent) => agent.presence === "online" && !agent.disabled)) {
    return false;
  }
  return (await availabilityOf(context.db, merchantOf(context), context.now())).kind !== "closed";
}
