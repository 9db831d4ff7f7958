import { eq, sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { memberships } from "@/db/schema/identity";
import { AppError } from "@/lib/core/errors";

/**
 * Takes one of an agent's places for the conversation that the caller's transaction is about to give them.
 *
 * The agent's row is locked before the open conversations are counted, so two takers cannot both see the last free
 * place (R5, T10). Only against other takers: a message that refers to the agent does not wait. Lock order: the caller holds the conversation already; the agent comes last.
 *
 * @returns the agent's name, for the line in the thread
 * @throws AppError conflict `agent_not_available` | `at_capacity`
 */
export async function takeSlot(
  tx: Transaction,
  input: { readonly merchantId: string; readonly agentId: string; readonly at: Date },
): Promise<string> {
  const [agent] = await rowsOf<{ name: string; capacity: number; disabled: boolean }>(
    tx,
    sql`
    select u.name, m.capacity, m.disabled or u.disabled as disabled
    from memberships m join users u on u.id = m.user_id
    where m.id = ${input.agentId} and m.merchant_id = ${input.merchantId} for no key update of m`,
  );
  if (!agent || agent.disabled) {
    throw new AppError("conflict", "agent_not_available");
  }
  const [load] = await rowsOf<{ open: number }>(
    tx,
    sql`select count(*)::int as open from conversations where assignee_id = ${input.agentId} and status in ('assigned', 'snoozed')`,
  );
  if ((load?.open ?? 0) >= agent.capacity) {
    throw new AppError("conflict", "at_capacity", { values: { capacity: agent.capacity } });
  }
  await tx.update(memberships).set({ lastAssignedAt: input.at }).where(eq(memberships.id, input.agentId));
  return agent.name;
}
