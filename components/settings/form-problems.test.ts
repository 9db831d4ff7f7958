import { expect, it } from "vitest";
import { z } from "zod";
import { problemsOf } from "./form-problems";

const form = z.object({
  name: z.string().min(1).max(3),
  code: z.string().min(4),
  seconds: z.number().int().min(1).max(60),
  days: z.number().min(1),
  mail: z.email(),
});

it("a number out of its bounds is called too small or too large, a text too short or too long", () => {
  const { error } = form.safeParse({ name: "", code: "abc", seconds: 61, days: 0, mail: "x" });
  expect(error && problemsOf(error)).toEqual({
    name: { reason: "required" },
    code: { reason: "too_short" },
    seconds: { reason: "number_too_big" },
    days: { reason: "number_too_small" },
    mail: { reason: "invalid_email" },
  });
});
