import { asc, eq } from "drizzle-orm";
import { teams } from "@/db/schema/identity";
import { listAgents, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { readSettings } from "@/lib/settings/service";
import type { TicketChoices } from "./schema";
import { ticketSettings } from "./settings-schema";

/** What a ticket of the caller's merchant can be given: its types, agents who may sign in, teams. */
export async function listTicketChoices(context: Context): Promise<TicketChoices> {
  const merchantId = merchantOf(context);
  const [{ types }, agents, groups] = await Promise.all([
    readSettings(context.db, merchantId, ticketSettings),
    listAgents(context),
    context.db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(eq(teams.merchantId, merchantId))
      .orderBy(asc(teams.name), asc(teams.id)),
  ]);
  return {
    types: [...types],
    agents: agents.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ id, name })),
    teams: groups,
  };
}
