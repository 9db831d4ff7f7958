import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { OPERATIONS } from "./operations";

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

const ROUNDS = 6;
/** What breaks naive code: what no database stores, what is no number, what is a prototype, what is SQL. */
const HOSTILE: readonly unknown[] = [
  "\u0000",
  "\ud800",
  // Longer than a statement may take: one that slept would end as a fault.
  "'; select pg_sleep(20); --",
  "%' or '1'='1",
  "\u202e\u200b😀".repeat(50),
  "a".repeat(5_000),
  "../../etc/passwd",
  "=cmd|' /C calc'!A0",
  "{{constructor.constructor('return process')()}}",
  "2026-13-45",
  -1,
  1e308,
  2 ** 53,
  0.1,
  null,
  true,
  [],
  {},
  [[[[[[[[]]]]]]]],
  { $ne: null },
  { __proto__: { admin: true }, constructor: 1 },
];

/** The same numbers each run: what fails once fails again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function valueFor(shape: Shape, roll: (sides: number) => number, depth = 0): unknown {
  if (roll(4) === 0 || depth > 4) {
    return HOSTILE[roll(HOSTILE.length)];
  }
  const options = shape.anyOf ?? shape.oneOf;
  if (options) {
    return valueFor(options[roll(options.length)] ?? {}, roll, depth + 1);
  }
  if (shape.enum) {
    return shape.enum[roll(shape.enum.length)];
  }
  if (shape.const !== undefined) {
    return shape.const;
  }
  switch (shape.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(shape.properties ?? {})
          .filter(() => roll(8) > 0)
          .map(([name, inner]) => [name, valueFor(inner, roll, depth + 1)]),
      );
    case "array":
      return Array.from({ length: roll(4) }, () => valueFor(shape.items ?? {}, roll, depth + 1));
    case "integer":
    case "number":
      return roll(2) ? roll(100) : HOSTILE[roll(HOSTILE.length)];
    case "boolean":
      return roll(2) === 1;
    default:
      return ["", "x", "退款", "2026-11-01", "a@b.example", "none"][roll(6)];
  }
}

const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

let api: ApiFixture;
const callers: Credentials[] = [];

beforeAll(async () => {
  api = await createApiFixture();
  const shop = await api.desk.merchant();
  callers.push((await api.signedIn(shop.merchantId, "admin")).as, (await api.key(shop.merchantId, ["*"])).as);
  callers.push((await api.visitor(shop)).as, {});
});
afterAll(() => api.end());

describe("whatever is sent (T62, T50)", () => {
  const quiet = OPERATIONS.filter(({ contract }) => contract.name !== "signOutEverywhere");

  it.each(quiet)("$contract.name answers in time and in words, never with a fault of ours", async (operation) => {
    const { contract } = operation;
    const roll = dice([...contract.name].reduce((sum, letter) => sum + letter.charCodeAt(0), 7));
    for (let round = 0; round < ROUNDS; round += 1) {
      const query = Object.fromEntries(
        Object.entries(contract.query ? (shapeOf(contract.query).properties ?? {}) : {}).map(([name, shape]) => [
          name,
          textOf(valueFor(shape, roll)),
        ]),
      );
      const params = Object.fromEntries(
        Object.keys(contract.params?.shape ?? {}).map((name) => [
          name,
          encodeURIComponent(textOf(HOSTILE[roll(9)]).toWellFormed()),
        ]),
      );
      const body = contract.body ? valueFor(shapeOf(contract.body), roll) : undefined;
      const as = callers[round % callers.length];
      const response = await api.call(operation, {
        ...(as && { as }),
        params,
        query,
        ...(contract.body && { body: body ?? null }),
      });
      expect(response.status, JSON.stringify({ query, params, body })).toBeLessThan(500);
    }
  });
});
