import { describe, expect, it } from "vitest";
import { canMove, endsAfter, OPEN_STATUSES, TRANSITIONS } from "./policy";
import { TICKET_STATUSES } from "./schema";

describe("where a ticket can go", () => {
  it("is written down for every status, to others only", () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...TICKET_STATUSES].sort());
    for (const status of TICKET_STATUSES) {
      expect(TRANSITIONS[status]).not.toContain(status);
      expect(canMove(status, status)).toBe(true);
    }
  });

  it("whatever is done can be taken up again, and nothing is solved out of being cancelled", () => {
    for (const status of ["resolved", "closed", "cancelled"] as const) {
      expect([canMove(status, "open"), canMove(status, "in_progress")]).toEqual([true, true]);
    }
    expect([canMove("cancelled", "resolved"), canMove("closed", "resolved"), canMove("resolved", "cancelled")]).toEqual(
      [false, false, false],
    );
  });

  it("sets when it was solved and closed, and takes both back when it is open again", () => {
    const at = new Date("2026-03-01T08:00:00Z");
    const earlier = new Date("2026-02-27T08:00:00Z");
    const never = { resolvedAt: null, closedAt: null };
    expect(endsAfter("resolved", never, at)).toEqual({ resolvedAt: at, closedAt: null });
    expect(endsAfter("closed", { resolvedAt: earlier, closedAt: null }, at)).toEqual({
      resolvedAt: earlier,
      closedAt: at,
    });
    expect(endsAfter("closed", never, at)).toEqual({ resolvedAt: at, closedAt: at });
    expect(endsAfter("cancelled", never, at)).toEqual({ resolvedAt: null, closedAt: at });
    for (const status of OPEN_STATUSES) {
      expect(endsAfter(status, { resolvedAt: earlier, closedAt: at }, at)).toEqual(never);
    }
  });
});
