import { expect, it } from "vitest";
import { changesOf } from "./audit-changes";

it("shows only the fields that the action touched and that differ", () => {
  expect(changesOf({ name: "小林", role: "agent", capacity: 5 }, { role: "supervisor", capacity: 5 })).toEqual([
    { field: "role", before: "agent", after: "supervisor" },
  ]);
});

it("shows all that was there when something was deleted, and all that is there when it was made", () => {
  expect(changesOf({ question: "怎么退款" }, null)).toEqual([{ field: "question", before: "怎么退款", after: "" }]);
  expect(changesOf(null, { tags: ["a"] })).toEqual([{ field: "tags", before: "", after: '[\n "a"\n]' }]);
});

it("has nothing to show for an action without content", () => {
  expect(changesOf(null, null)).toEqual([]);
  expect(changesOf("text", 3)).toEqual([]);
});
