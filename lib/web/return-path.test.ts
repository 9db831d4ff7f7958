import { expect, it } from "vitest";
import { returnPath } from "./return-path";

it.each([
  ["/desk?tab=mine#top", "/desk?tab=mine#top"],
  ["/admin/../desk", "/desk"],
  [undefined, "/home"],
  ["desk", "/home"],
  ["https://evil.example", "/home"],
  ["//evil.example", "/home"],
  ["/\\evil.example", "/home"],
  ["/\t/evil.example", "/home"],
  ["javascript:alert(1)", "/home"],
])("%j leads to %s", (wish, path) => {
  expect(returnPath(wish, "/home")).toBe(path);
});
