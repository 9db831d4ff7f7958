import { expect, it } from "vitest";
import { z } from "zod";
import { defineSettings } from "./definition";
import { describeFields } from "./describe-fields";

it("a form's fields are what the schema says: kind, range, options, and what a row holds", () => {
  const group = defineSettings(
    "sample",
    z.object({
      on: z.boolean().default(true),
      limit: z.int().min(1).max(9).default(3),
      share: z.number().min(0).max(1).default(0.5),
      count: z.int().default(0),
      words: z.string().max(20).default(""),
      story: z.string().max(500).default(""),
      side: z.enum(["left", "right"]).default("left"),
      days: z.array(z.enum(["mon", "tue"])).default([]),
      domains: z.array(z.string().max(50)).max(4).default([]),
      hours: z.array(z.object({ from: z.iso.time(), to: z.iso.time() })).default([]),
      accent: z.string().max(7).meta({ control: "color" }).default(""),
      token: z.string().default(""),
      until: z.iso.date().nullable().default(null),
    }),
    ["token"],
  );
  const fields = Object.fromEntries(
    describeFields(group).map(({ name, ...shape }) => [name, JSON.parse(JSON.stringify(shape))]),
  );
  expect(fields).toEqual({
    on: { kind: "switch" },
    limit: { kind: "number", minimum: 1, maximum: 9, whole: true },
    share: { kind: "number", minimum: 0, maximum: 1 },
    count: { kind: "number", whole: true },
    words: { kind: "text", maxLength: 20 },
    story: { kind: "long", maxLength: 500 },
    side: { kind: "select", options: ["left", "right"] },
    days: { kind: "choices", options: ["mon", "tue"] },
    domains: { kind: "lines", maxLength: 50, maxItems: 4 },
    hours: {
      kind: "rows",
      fields: [
        { name: "from", kind: "time" },
        { name: "to", kind: "time" },
      ],
    },
    accent: { kind: "color", maxLength: 7 },
    token: { kind: "secret" },
    until: { kind: "date" },
  });
});
