import { describe, expect, it } from "vitest";
import { mistakesBetween } from "./mistakes-between";

describe("mistakes between two words", () => {
  it.each([
    ["refund", "refund", 0],
    ["refnud", "refund", 1],
    ["refun", "refund", 1],
    ["reffund", "refund", 1],
    ["refumd", "refund", 1],
    ["erfnud", "refund", 2],
    ["invoice", "refund", 3],
    ["", "re", 2],
    ["re", "", 2],
    ["", "", 0],
    ["a", "abcdefgh", 3],
  ])("%s for %s: %i, and no more than two are counted", (typed, meant, mistakes) => {
    expect(mistakesBetween(typed, meant, 2)).toBe(mistakes);
  });
});
