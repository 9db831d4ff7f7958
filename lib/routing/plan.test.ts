import { describe, expect, it } from "vitest";
import { planAssignments } from "./plan";

const agent = (agentId: string, open: number, capacity: number, lastAssignedAt = 0) => ({
  agentId,
  open,
  capacity,
  lastAssignedAt,
});
const waiting = (count: number) => Array.from({ length: count }, (_, index) => `cnv_${String(index).padStart(4, "0")}`);

describe("planAssignments", () => {
  it("fills every free place and none beyond", () => {
    const plan = planAssignments(
      waiting(100),
      [1, 2, 3, 4, 5].map((id) => agent(`a${id}`, 0, 5)),
    );
    expect(plan).toHaveLength(25);
    for (const id of [1, 2, 3, 4, 5]) {
      expect(plan.filter((item) => item.agentId === `a${id}`)).toHaveLength(5);
    }
  });

  it("serves in order: nobody further back is served before", () => {
    const plan = planAssignments(waiting(10), [agent("a", 0, 3), agent("b", 1, 3)]);
    expect(plan.map((item) => item.conversationId)).toEqual(waiting(5));
  });

  it("prefers the lowest relative load, then the one idle longest", () => {
    expect(planAssignments(["cnv_x"], [agent("busy", 4, 5), agent("calm", 4, 10)])[0]?.agentId).toBe("calm");
    expect(planAssignments(["cnv_x"], [agent("recent", 1, 5, 900), agent("idle", 1, 5, 100)])[0]?.agentId).toBe("idle");
  });

  it("assigns nothing when nobody has room", () => {
    expect(planAssignments(waiting(3), [agent("full", 5, 5)])).toEqual([]);
    expect(planAssignments(waiting(3), [])).toEqual([]);
  });
});
