import { describe, expect, it } from "vitest";
import { addSpread, bucketValue, GROWTH, quantile, SMALLEST } from "./spread";

const bucketOf = (value: number): number => Math.ceil(Math.log(Math.max(value, SMALLEST)) / Math.log(GROWTH));

/** What the database writes for some values. */
function bytesOf(values: readonly number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const entry = Buffer.alloc(6);
      entry.writeInt16BE(bucketOf(value), 0);
      entry.writeInt32BE(1, 2);
      return entry;
    }),
  );
}

function gathered(...parts: readonly (readonly number[])[]): Map<number, number> {
  const spread = new Map<number, number>();
  for (const part of parts) {
    addSpread(spread, bytesOf(part));
  }
  return spread;
}

describe("spreads", () => {
  it("give any value back within one percent, from a millisecond to ten days", () => {
    for (let value = 0.01; value < 864_000; value *= 1.37) {
      expect(Math.abs(bucketValue(bucketOf(value)) / value - 1)).toBeLessThan(0.01);
    }
  });

  it("add up: of days apart and of all days at once the quantiles are the same, and within one percent of the true ones", () => {
    const days = Array.from({ length: 30 }, (_, day) =>
      Array.from({ length: 40 }, (__, index) => 1 + ((day * 7_919 + index * 104_729) % 5_000) / 3),
    );
    const apart = gathered(...days);
    expect(apart).toEqual(gathered(days.flat()));
    const sorted = days.flat().sort((first, second) => first - second);
    for (const share of [0, 0.05, 0.5, 0.95, 1]) {
      const truth = sorted[Math.round((sorted.length - 1) * share)] ?? 0;
      expect(Math.abs((quantile(apart, share) ?? 0) / truth - 1)).toBeLessThan(0.015);
    }
  });

  it("of nothing is nothing, of one value is that value, and no time at all is zero", () => {
    expect(quantile(new Map(), 0.5)).toBeNull();
    expect(quantile(gathered([0]), 0.95)).toBe(0);
    expect(quantile(gathered([10]), 0.95)).toBeCloseTo(10, 0);
  });
});
