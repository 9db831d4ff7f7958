import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Contract, defineContract } from "@/lib/platform/http/contract";
import { openApiDocument } from "./document";
import { exampleOf, type JsonSchema, schemaRows, typeName } from "./json-schema";
import { apiReference, type ReadDocument } from "./reference";

const pet = z.object({ id: z.string(), name: z.string().nullable(), born: z.iso.datetime() });
const contracts: readonly Contract[] = [
  defineContract({
    name: "feedPet",
    summary: "Feed it",
    tag: "Quick meals",
    method: "POST",
    path: "/api/v1/pets/{petId}/meals",
    audience: ["key", "agent"],
    permission: "pets.feed",
    params: z.object({ petId: z.string().max(40) }),
    query: z.object({ dry: z.coerce.number().int().min(2), at: z.string().optional() }),
    body: z.object({
      grams: z.number().int().min(1).max(500),
      kind: z.enum(["fish", "hay"]).default("hay"),
      notes: z
        .array(z.object({ text: z.string().min(8) }))
        .max(3)
        .optional(),
      by: z.union([
        z.object({ as: z.literal("person"), agent: z.email() }),
        z.object({ as: z.literal("machine"), robot: z.boolean() }),
      ]),
    }),
    result: z.object({ pets: z.array(pet) }),
    status: 201,
    perMinute: 30,
  }),
  defineContract({
    name: "listPets",
    summary: "All of them",
    tag: "Pets",
    method: "GET",
    path: "/api/v1/pets",
    audience: ["public"],
    result: pet,
  }),
];
const document = JSON.parse(JSON.stringify(openApiDocument(contracts, {}, { Pet: pet }))) as ReadDocument;
const groups = apiReference(document);
const [feed] = groups[0]?.operations ?? [];

describe("the reference of an API", () => {
  it("groups operations by their tag", () => {
    expect(groups.map(({ slug, operations }) => [slug, operations.map(({ id }) => id)])).toEqual([
      ["quick-meals", ["feedPet"]],
      ["pets", ["listPets"]],
    ]);
  });

  it("says who may call, where the values go, and what can fail", () => {
    expect(feed).toMatchObject({ audience: ["key", "agent"], permission: "pets.feed", perMinute: 30, method: "POST" });
    expect(feed?.parameters.map(({ place, name, required }) => [place, name, required])).toEqual([
      ["path", "petId", true],
      ["query", "dry", true],
      ["query", "at", false],
      ["header", "Idempotency-Key", false],
    ]);
    expect(feed?.failures).toEqual(["400", "401", "403", "404", "409", "413", "415", "429", "503"]);
    expect(groups[1]?.operations[0]?.failures).toEqual(["429", "503"]);
  });

  it("unfolds a body line by line, with limits and defaults", () => {
    expect(
      feed?.body?.rows.map(({ name, type, required, limits }) => [name, type, required, limits.join(", ")]),
    ).toEqual([
      ["grams", "integer", true, "minimum 1, maximum 500"],
      ["kind", '"fish" | "hay"', false, 'default "hay"'],
      ["notes", "object[]", false, "maxItems 3"],
      ["notes[].text", "string", true, "minLength 8"],
      ["by", "object", true, ""],
      ["by.as", '"person" | "machine"', true, ""],
      ["by.agent", "string (email)", false, ""],
      ["by.robot", "boolean", false, ""],
    ]);
  });

  it("names a schema that has a name instead of unfolding it", () => {
    expect(feed?.success).toMatchObject({
      status: "201",
      content: { rows: [{ name: "pets", type: "Pet[]", refersTo: "Pet" }] },
    });
    expect(groups[1]?.operations[0]?.success.content?.rows).toMatchObject([{ name: "", type: "Pet" }]);
  });

  it("gives an example that the contract itself accepts", () => {
    const [line, ...options] = (feed?.curl ?? "").split(" \\\n  ");
    expect(line).toBe('curl -X POST "$YINGDA_URL/api/v1/pets/$PET_ID/meals?dry=2"');
    expect(options.slice(0, 2)).toEqual([
      '-H "Authorization: Bearer $YINGDA_API_KEY"',
      '-H "Content-Type: application/json"',
    ]);
    const data: unknown = JSON.parse(/^-d '(.+)'$/.exec(options[2] ?? "")?.[1] ?? "");
    expect(contracts[0]?.body?.safeParse(data).success).toBe(true);
  });

  it("refuses two contracts for one method and path", () => {
    expect(() => openApiDocument([...contracts, ...contracts], {}, {})).toThrow(/two contracts/);
  });
});

describe("schemas in words", () => {
  it.each<[JsonSchema, string]>([
    [{ type: ["string", "null"] }, "string | null"],
    [{ anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] }, "string (date-time) | null"],
    [{ type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    [{ type: "object", additionalProperties: { type: "string" } }, "{ [key]: string }"],
    [{ const: true }, "true"],
    [{}, "any"],
  ])("%j is %s", (schema, words) => {
    expect(typeName(schema)).toBe(words);
  });

  it("a list of one type has one line; a schema without an end stops at its name", () => {
    expect(schemaRows({ type: "array", items: { type: "string" } }, "tags").map(({ name }) => name)).toEqual(["tags"]);
    expect(exampleOf({ $ref: "#/components/schemas/Nothing" }, {})).toBe("text");
  });
});
