import { expect, it } from "vitest";
import { listEntries } from "@/lib/knowledge/contracts";
import { readQuery } from "./read-query";

it("reads filters and fills in defaults", () => {
  expect(readQuery(listEntries.query, { search: "退款", status: "draft" })).toEqual({
    search: "退款",
    status: "draft",
    limit: 30,
  });
});

it("leaves out what does not fit and keeps the rest", () => {
  expect(readQuery(listEntries.query, { status: "gone", limit: "9999", search: ["a", "b"] })).toEqual({
    search: "a",
    limit: 30,
  });
});
