import { describe, expect, it } from "vitest";
import { estimateWait } from "./visitor-state";

describe("estimateWait", () => {
  it("goes by how many were served in the last hours", () => {
    expect(estimateWait(1, { served: 12, spanSeconds: 3_600, agentsOnline: 2 })).toBe(300);
    expect(estimateWait(4, { served: 12, spanSeconds: 3_600, agentsOnline: 2 })).toBe(1_200);
  });

  it("never promises less than it knows: rounded up, and a burst is no rate", () => {
    expect(estimateWait(1, { served: 7, spanSeconds: 3_600, agentsOnline: 1 })).toBe(540);
    expect(estimateWait(1, { served: 10, spanSeconds: 5, agentsOnline: 1 })).toBe(60);
  });

  it("says nothing when nobody is there or hardly anybody was served", () => {
    expect(estimateWait(1, { served: 50, spanSeconds: 3_600, agentsOnline: 0 })).toBeNull();
    expect(estimateWait(1, { served: 2, spanSeconds: 3_600, agentsOnline: 3 })).toBeNull();
  });
});
