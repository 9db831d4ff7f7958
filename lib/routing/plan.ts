import type { Assignment, Waiting } from "@/lib/conversations/queue-service";
import type { BALANCES, MATCHING } from "@/lib/conversations/settings-schema";

/** An agent who is online, as the dispatcher sees them. */
export interface OnlineAgent {
  readonly agentId: string;
  readonly open: number;
  readonly capacity: number;
  /** Milliseconds since the epoch of the last assignment; 0 for never. */
  readonly lastAssignedAt: number;
  readonly skills: readonly string[];
  /** None listed: every language. */
  readonly languages: readonly string[];
  readonly teams: readonly string[];
}

export interface Strategy {
  readonly lastAgentFirst: boolean;
  readonly skills: (typeof MATCHING)[number];
  readonly languages: (typeof MATCHING)[number];
  /** 0: a required match stays required. */
  readonly relaxAfterSeconds: number;
  readonly balance: (typeof BALANCES)[number];
}

type Working = OnlineAgent & { open: number; lastAssignedAt: number };

const base = (language: string): string => language.toLowerCase().split("-")[0] ?? "";

function speaks(agent: OnlineAgent, language: string | null): boolean {
  return (
    language === null ||
    agent.languages.length === 0 ||
    agent.languages.some((spoken) => base(spoken) === base(language))
  );
}

function knows(agent: OnlineAgent, skill: string | null): boolean {
  return skill === null || agent.skills.some((known) => known.toLowerCase() === skill.toLowerCase());
}

/** True when team and strategy let this agent have this conversation at all; room is another question. */
export function fits(agent: OnlineAgent, waiting: Waiting, strategy: Strategy): boolean {
  const relaxed = strategy.relaxAfterSeconds > 0 && waiting.waitedSeconds >= strategy.relaxAfterSeconds;
  return (
    (waiting.teamId === null || agent.teams.includes(waiting.teamId)) &&
    (strategy.skills !== "require" || relaxed || knows(agent, waiting.skill)) &&
    (strategy.languages !== "require" || relaxed || speaks(agent, waiting.language))
  );
}

function loadOf(agent: Working, { balance }: Strategy): number {
  switch (balance) {
    case "relative_load":
      return agent.open / agent.capacity;
    case "fewest_open":
      return agent.open;
    default:
      return 0;
  }
}

/** What decides, the weightiest first; the smallest wins. */
function rank(agent: Working, waiting: Waiting, strategy: Strategy): readonly number[] {
  return [
    strategy.lastAgentFirst && agent.agentId === waiting.lastAgentId ? 0 : 1,
    strategy.skills === "off" || knows(agent, waiting.skill) ? 0 : 1,
    strategy.languages === "off" || speaks(agent, waiting.language) ? 0 : 1,
    loadOf(agent, strategy),
    agent.lastAssignedAt,
  ];
}

function isBefore(first: readonly number[], second: readonly number[]): boolean {
  for (const [index, value] of first.entries()) {
    const other = second[index] ?? 0;
    if (value !== other) {
      return value < other;
    }
  }
  return false;
}

function pick(agents: readonly Working[], waiting: Waiting, strategy: Strategy): Working | undefined {
  const fitting = agents.filter((agent) => fits(agent, waiting, strategy));
  // Whoever it was taken back from gets it again only where nobody else could.
  const others = fitting.filter((agent) => agent.agentId !== waiting.passedOverId);
  let best: { readonly agent: Working; readonly rank: readonly number[] } | undefined;
  for (const agent of others.length > 0 ? others : fitting) {
    if (agent.open >= agent.capacity) {
      continue;
    }
    const own = rank(agent, waiting, strategy);
    if (!best || isBefore(own, best.rank)) {
      best = { agent, rank: own };
    }
  }
  return best?.agent;
}

/**
 * Gives waiting conversations to agents, in their order: the customer's last agent first, then who knows the skill and
 * speaks the language, then the lowest load, then who has waited longest for work (features.md R2). Who fits nobody
 * free is stepped over and keeps the place. Pure; the caller holds the locks.
 */
export class Planner {
  private readonly agents: readonly Working[];
  private room: number;
  private turn: number;

  constructor(
    agents: readonly OnlineAgent[],
    private readonly strategy: Strategy,
  ) {
    this.agents = agents.map((agent) => ({ ...agent }));
    this.room = agents.reduce((sum, agent) => sum + Math.max(0, agent.capacity - agent.open), 0);
    this.turn = Math.max(0, ...agents.map((agent) => agent.lastAssignedAt));
  }

  /** True when nobody has a free place left. */
  get full(): boolean {
    return this.room === 0;
  }

  /** The next piece of the queue; may be called with one piece after the other. */
  take(queue: readonly Waiting[]): Assignment[] {
    const plan: Assignment[] = [];
    for (const waiting of queue) {
      if (this.full) {
        break;
      }
      const agent = pick(this.agents, waiting, this.strategy);
      if (agent) {
        this.turn += 1;
        this.room -= 1;
        agent.open += 1;
        agent.lastAssignedAt = this.turn;
        plan.push({ conversationId: waiting.conversationId, agentId: agent.agentId });
      }
    }
    return plan;
  }
}
