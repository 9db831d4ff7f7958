import { expect, it } from "vitest";
import { z } from "zod";
import { valueFromText } from "./value-text";

it("a text becomes what the field takes: words, numbers, switches, lists, rows; anything else is refused", () => {
  expect(valueFromText(z.string(), "7")).toEqual({ value: "7" });
  expect(valueFromText(z.int().max(9), "7")).toEqual({ value: 7 });
  expect(valueFromText(z.boolean(), "true")).toEqual({ value: true });
  expect(valueFromText(z.array(z.enum(["a", "b"])), "a, b")).toEqual({ value: ["a", "b"] });
  expect(valueFromText(z.array(z.object({ from: z.iso.time() })), '[{"from":"09:00"}]')).toEqual({
    value: [{ from: "09:00" }],
  });
  expect(valueFromText(z.int().max(9), "10")).toBeUndefined();
  expect(valueFromText(z.boolean(), "perhaps")).toBeUndefined();
});
