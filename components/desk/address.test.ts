import { expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { addressOf, placeOf } from "./address";

const id = newId("conversation");

it("leads back to the same place", () => {
  for (const place of [
    { tab: "mine", conversationId: undefined, query: "" },
    { tab: "queued", conversationId: id, query: "" },
    { tab: "all", conversationId: id, query: "退款 & 运费" },
    {
      tab: "mine",
      conversationId: id,
      query: "退款",
      at: 12,
      filters: { from: "agent", since: "2026-11-01", file: "true" },
    },
  ] as const) {
    const { searchParams } = new URL(addressOf(place), "http://desk.test");
    expect(placeOf(Object.fromEntries(searchParams))).toEqual(place);
  }
});

it("takes nothing from an address that is not ours", () => {
  expect(placeOf({ tab: "nowhere", c: "../../etc/passwd", q: ["a", "b"] })).toEqual({
    tab: "mine",
    conversationId: undefined,
    query: "a",
  });
});
