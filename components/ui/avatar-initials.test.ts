import { expect, it } from "vitest";
import { avatarHue, initialsOf } from "./avatar-initials";

it.each([
  ["林小雨", "雨"],
  ["Ada Lovelace", "AL"],
  ["ada", "A"],
  ["  ", "?"],
  ["😀 Fan", "😀F"],
])("%s is shown as %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it("a name keeps its colour", () => {
  expect(avatarHue("林小雨", 6)).toBe(avatarHue("林小雨", 6));
  expect(new Set(["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => avatarHue(name, 6))).size).toBeGreaterThan(2);
});
