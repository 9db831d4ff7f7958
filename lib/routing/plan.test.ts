import { describe, expect, it } from "vitest";
import type { Waiting } from "@/lib/conversations/queue-service";
import { type OnlineAgent, Planner, type Strategy } from "./plan";

const standard: Strategy = {
  lastAgentFirst: true,
  skills: "prefer",
  languages: "prefer",
  relaxAfterSeconds: 0,
  balance: "relative_load",
};
const agent = (agentId: string, open: number, capacity: number, more: Partial<OnlineAgent> = {}): OnlineAgent => ({
  agentId,
  open,
  capacity,
  lastAssignedAt: 0,
  skills: [],
  languages: [],
  teams: [],
  ...more,
});
const visitor = (more: Partial<Waiting> = {}): Waiting => ({
  conversationId: "cnv_x",
  skill: null,
  teamId: null,
  language: null,
  lastAgentId: null,
  passedOverId: null,
  waitedSeconds: 0,
  priority: 0,
  queuedAt: "2026-03-01 08:00:00+00",
  ...more,
});
const line = (count: number) =>
  Array.from({ length: count }, (_, index) => visitor({ conversationId: `cnv_${String(index).padStart(4, "0")}` }));
const plan = (queue: readonly Waiting[], agents: readonly OnlineAgent[], strategy: Partial<Strategy> = {}) =>
  new Planner(agents, { ...standard, ...strategy }).take(queue);
const chosen = (waiting: Waiting, agents: readonly OnlineAgent[], strategy: Partial<Strategy> = {}) =>
  plan([waiting], agents, strategy)[0]?.agentId;

describe("Planner", () => {
  it("fills every free place and none beyond", () => {
    const given = plan(
      line(100),
      [1, 2, 3, 4, 5].map((id) => agent(`a${id}`, 0, 5)),
    );
    expect(given).toHaveLength(25);
    for (const id of [1, 2, 3, 4, 5]) {
      expect(given.filter((item) => item.agentId === `a${id}`)).toHaveLength(5);
    }
  });

  it("serves in order: nobody further back is served before", () => {
    const given = plan(line(10), [agent("a", 0, 3), agent("b", 1, 3)]);
    expect(given.map((item) => item.conversationId)).toEqual(line(5).map((item) => item.conversationId));
  });

  it("goes on piece by piece until nobody has room", () => {
    const planner = new Planner([agent("a", 0, 3)], standard);
    expect(planner.take(line(2))).toHaveLength(2);
    expect(planner.full).toBe(false);
    expect(planner.take(line(2))).toHaveLength(1);
    expect(planner.full).toBe(true);
  });

  it("prefers the customer's last agent over everybody with less to do, unless full or switched off", () => {
    const agents = [agent("calm", 0, 5), agent("known", 4, 5)];
    expect(chosen(visitor({ lastAgentId: "known" }), agents)).toBe("known");
    expect(chosen(visitor({ lastAgentId: "known" }), [agent("calm", 0, 5), agent("known", 5, 5)])).toBe("calm");
    expect(chosen(visitor({ lastAgentId: "known" }), agents, { lastAgentFirst: false })).toBe("calm");
  });

  it("prefers skill, then language, over load", () => {
    const agents = [
      agent("calm", 0, 5),
      agent("speaks", 2, 5, { skills: [], languages: ["en"] }),
      agent("knows", 4, 5, { skills: ["Refunds"], languages: ["zh-CN"] }),
    ];
    expect(chosen(visitor({ skill: "refunds", language: "en-GB" }), agents)).toBe("knows");
    expect(
      chosen(visitor({ language: "en-GB" }), [agent("chinese", 0, 5, { languages: ["zh"] }), ...agents.slice(1)]),
    ).toBe("speaks");
  });

  it("steps over who fits nobody free, when a match is required, and serves the next", () => {
    const agents = [agent("general", 0, 5), agent("expert", 5, 5, { skills: ["refunds"] })];
    const queue = [visitor({ conversationId: "first", skill: "refunds" }), visitor({ conversationId: "second" })];
    expect(plan(queue, agents, { skills: "require" })).toEqual([{ conversationId: "second", agentId: "general" }]);
    const waited = visitor({ skill: "refunds", waitedSeconds: 60 });
    expect(chosen(waited, agents, { skills: "require", relaxAfterSeconds: 60 })).toBe("general");
    expect(chosen(waited, agents, { skills: "require", relaxAfterSeconds: 61 })).toBeUndefined();
  });

  it("gives a conversation back to the agent it was taken from only where nobody else could have it", () => {
    const taken = visitor({ passedOverId: "silent", lastAgentId: "silent" });
    expect(chosen(taken, [agent("silent", 0, 5), agent("other", 4, 5)])).toBe("other");
    expect(chosen(taken, [agent("silent", 0, 5), agent("other", 5, 5)])).toBeUndefined();
    expect(chosen(taken, [agent("silent", 0, 5)])).toBe("silent");
  });

  it("weighs load as the strategy says, and of equals takes the one idle longest", () => {
    const agents = [agent("small", 1, 2, { lastAssignedAt: 100 }), agent("large", 2, 10, { lastAssignedAt: 900 })];
    expect(chosen(visitor(), agents)).toBe("large");
    expect(chosen(visitor(), agents, { balance: "fewest_open" })).toBe("small");
    expect(chosen(visitor(), agents, { balance: "longest_idle" })).toBe("small");
    const recent = agent("recent", 1, 5, { lastAssignedAt: 900 });
    expect(chosen(visitor(), [recent, agent("idle", 1, 5, { lastAssignedAt: 100 })])).toBe("idle");
  });

  it("assigns nothing when nobody has room", () => {
    expect(plan(line(3), [agent("full", 5, 5)])).toEqual([]);
    expect(plan(line(3), [agent("none", 0, 0)])).toEqual([]);
    expect(plan(line(3), [])).toEqual([]);
  });
});
