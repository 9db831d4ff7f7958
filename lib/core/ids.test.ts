import { describe, expect, it } from "vitest";
import { isId, newId } from "./ids";

describe("newId", () => {
  it("makes ids that sort by time", () => {
    const earlier = newId("message", new Date("2026-01-01T00:00:00Z"));
    const later = newId("message", new Date("2026-01-01T00:00:00.001Z"));
    expect(earlier < later).toBe(true);
  });

  it("never repeats within one millisecond", () => {
    const at = new Date();
    const ids = new Set(Array.from({ length: 5_000 }, () => newId("message", at)));
    expect(ids.size).toBe(5_000);
  });

  it("is recognised by kind, and a foreign or malformed id is not", () => {
    expect(isId("conversation", newId("conversation"))).toBe(true);
    expect(isId("conversation", newId("message"))).toBe(false);
    expect(isId("conversation", "cnv_'; drop table")).toBe(false);
  });
});
