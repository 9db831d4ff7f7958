import { expect, it } from "vitest";
import { squareOf, WHOLE } from "./crop";

it("the square never leaves the picture, whatever the sliders say", () => {
  for (const [width, height] of [
    [400, 100],
    [100, 400],
    [100, 100],
  ] as const) {
    for (const zoom of [0, 0.5, 1]) {
      for (const place of [0, 0.5, 1]) {
        const { left, top, size } = squareOf({ zoom, horizontal: place, vertical: place }, width, height);
        const side = Math.min(width, height) * size;
        expect(left * width + side).toBeLessThanOrEqual(width + 1e-9);
        expect(top * height + side).toBeLessThanOrEqual(height + 1e-9);
        expect(size).toBeGreaterThan(0.1);
      }
    }
  }
});

it("begins in the middle with as much as fits", () => {
  expect(squareOf(WHOLE, 400, 100)).toEqual({ size: 1, left: 0.375, top: 0 });
});
