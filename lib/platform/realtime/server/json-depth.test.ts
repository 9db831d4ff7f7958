import { describe, expect, it } from "vitest";
import { nestsDeeperThan } from "./json-depth";

describe("depth of JSON text", () => {
  it.each([
    ['{"a":[1,{"b":2}]}', 3],
    ['[[],[],"[[[["]', 2],
    ['["\\"[[[", "\\\\", []]', 2],
    ["1", 0],
  ])("%s nests %i deep", (text, depth) => {
    expect(nestsDeeperThan(text, depth)).toBe(false);
    expect(depth === 0 || nestsDeeperThan(text, depth - 1)).toBe(true);
  });
});
