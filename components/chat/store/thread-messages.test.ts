import { describe, expect, it } from "vitest";
import { messageFixture } from "../testing/message-fixture";
import { mergeMessages, SeqWatermark } from "./thread-messages";

describe("mergeMessages", () => {
  const first = messageFixture({ seq: 1 });
  const second = messageFixture({ seq: 2 });
  const third = messageFixture({ seq: 3 });

  it("gives the same thread whatever the order and however often a message comes", () => {
    const one = mergeMessages(mergeMessages([], [third, first]), [second, second, first]);
    const other = mergeMessages([], [first, second, third]);
    expect(one).toEqual(other);
    expect(one.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("replaces what is known by what came last", () => {
    const recalled = { ...second, recalledAt: "2026-01-01T00:00:09.000Z", parts: [] };
    expect(mergeMessages([first, second], [recalled])[1]).toBe(recalled);
  });

  it("never shows an internal note", () => {
    expect(mergeMessages([first], [{ ...second, visibility: "internal" }])).toEqual([first]);
  });

  it("puts an earlier conversation before a later one", () => {
    const later = messageFixture({ seq: 1, conversationId: "cnv_b" });
    expect(mergeMessages([later], [third]).map(({ id }) => id)).toEqual([third.id, later.id]);
  });
});

describe("SeqWatermark", () => {
  it("sees a hole and nothing but a hole", () => {
    const watermark = new SeqWatermark();
    expect(watermark.see("c", 1)).toBe(false);
    expect(watermark.see("c", 1)).toBe(false);
    expect(watermark.see("c", 3)).toBe(true);
    watermark.raise("c", 3);
    expect(watermark.see("c", 4)).toBe(false);
    expect(watermark.of("c")).toBe(4);
  });
});
