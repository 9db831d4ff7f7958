import type { Assignment } from "@/lib/conversations/queue-service";

/** An agent with room, as the dispatcher sees them. */
export interface FreeAgent {
  readonly agentId: string;
  readonly open: number;
  readonly capacity: number;
  /** Milliseconds since the epoch of the last assignment; 0 for never. */
  readonly lastAssignedAt: number;
}

/**
 * Gives waiting conversations, in their order, each to the agent with the lowest relative load (open / capacity), of
 * equals to the one who has waited longest for work. Pure; the caller holds the locks.
 */
export function planAssignments(queue: readonly string[], agents: readonly FreeAgent[]): Assignment[] {
  const free = agents.map((agent) => ({ ...agent }));
  const plan: Assignment[] = [];
  let turn = Math.max(0, ...free.map((agent) => agent.lastAssignedAt));
  for (const conversationId of queue) {
    let best: (typeof free)[number] | undefined;
    for (const agent of free) {
      if (agent.open >= agent.capacity) {
        continue;
      }
      const load = agent.open / agent.capacity;
      const bestLoad = best ? best.open / best.capacity : Number.POSITIVE_INFINITY;
      if (load < bestLoad || (best && load === bestLoad && agent.lastAssignedAt < best.lastAssignedAt)) {
        best = agent;
      }
    }
    if (!best) {
      break;
    }
    best.open += 1;
    turn += 1;
    best.lastAssignedAt = turn;
    plan.push({ conversationId, agentId: best.agentId });
  }
  return plan;
}
