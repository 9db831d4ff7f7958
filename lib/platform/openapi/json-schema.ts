/** The part of JSON Schema that the document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

/** One line of a schema's table. */
export interface SchemaRow {
  /** Path from the outermost object, `parts[].text`; empty for the whole. */
  readonly name: string;
  readonly type: string;
  /** Named schema that the type is, or is a list of. */
  readonly refersTo?: string;
  readonly required: boolean;
  /** Limits and default as JSON Schema says them: `maxLength 40`. */
  readonly limits: readonly string[];
}

const LIMITS = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "default"] as const;

/** Name of a schema that is referred to: the end of `#/components/schemas/Message`. */
export function referredName(schema: JsonSchema): string | undefined {
  return schema.$ref?.split("/").at(-1);
}

const variantsOf = (schema: JsonSchema): readonly JsonSchema[] => schema.anyOf ?? schema.oneOf ?? [];

/** A schema's type in one line: `string (date-time) | null`, `Message[]`, `"public" | "internal"`. */
export function typeName(schema: JsonSchema): string {
  const name = referredName(schema);
  if (name) {
    return name;
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  const variants = variantsOf(schema);
  if (variants.length > 0) {
    return [...new Set(variants.map(typeName))].join(" | ");
  }
  if (schema.items) {
    const inner = typeName(schema.items);
    return inner.includes(" | ") ? `(${inner})[]` : `${inner}[]`;
  }
  if (typeof schema.additionalProperties === "object" && !schema.properties) {
    return `{ [key]: ${typeName(schema.additionalProperties) || "any"} }`;
  }
  const plain = [schema.type ?? "any"].flat().join(" | ");
  return schema.format ? `${plain} (${schema.format})` : plain;
}

function limitsOf(schema: JsonSchema): string[] {
  return LIMITS.filter((key) => schema[key] !== undefined).map((key) => `${key} ${JSON.stringify(schema[key])}`);
}

/** The lines of several variants as one table: a field that more than one has gets one line with all of its types. */
function mergedRows(variants: readonly (readonly SchemaRow[])[]): SchemaRow[] {
  const merged = new Map<string, SchemaRow>();
  for (const row of variants.flat()) {
    const known = merged.get(row.name);
    const types = [...new Set([...(known?.type.split(" | ") ?? []), ...row.type.split(" | ")])];
    const required = variants.every((rows) => rows.some(({ name, required }) => name === row.name && required));
    merged.set(row.name, { ...(known ?? row), type: types.join(" | "), required });
  }
  return [...merged.values()];
}

function rowsInside(schema: JsonSchema, path: string): SchemaRow[] {
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, inner]) =>
      schemaRows(inner, path ? `${path}.${key}` : key, schema.required?.includes(key) ?? false),
    );
  }
  if (schema.items) {
    return rowsInside(schema.items, `${path}[]`);
  }
  const variants = variantsOf(schema).filter((variant) => variant.type !== "null");
  return mergedRows(variants.map((variant) => rowsInside(variant, path)));
}

/**
 * A schema as lines of a table, what is inside an object below it. Named schemas are named, not unfolded.
 *
 * @param path where the schema stands; empty for a whole body, which gets a line of its own only when it is no object
 */
export function schemaRows(schema: JsonSchema, path = "", required = true): SchemaRow[] {
  const refersTo = referredName(schema) ?? (schema.items && referredName(schema.items));
  const own = { name: path, type: typeName(schema), refersTo, required, limits: limitsOf(schema) };
  const isWhole = path === "" && (schema.properties !== undefined || variantsOf(schema).length > 0);
  return isWhole ? rowsInside(schema, path) : [own, ...rowsInside(schema, path)];
}

const SAMPLES: Record<string, unknown> = {
  email: "name@example.com",
  uri: "https://shop.example/",
  "date-time": "2026-03-01T08:00:00Z",
};

function sampleText(schema: JsonSchema): unknown {
  const sample = SAMPLES[schema.format ?? ""];
  return sample ?? ((schema.minLength ?? 0) > 4 ? "example-1234" : "text");
}

/** A value that the schema accepts: what must be there, nothing more. Takes the named schemas to look references up. */
export function exampleOf(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>): unknown {
  const name = referredName(schema);
  if (name) {
    return exampleOf(named[name] ?? {}, named);
  }
  if (schema.default !== undefined || schema.const !== undefined || schema.enum) {
    return schema.default ?? schema.const ?? schema.enum?.[0];
  }
  const [variant] = variantsOf(schema);
  if (variant) {
    return exampleOf(variant, named);
  }
  switch ([schema.type].flat()[0]) {
    case "object": {
      const wanted = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
      return Object.fromEntries(wanted.map(([key, inner]) => [key, exampleOf(inner, named)]));
    }
    case "array":
      return [exampleOf(schema.items ?? {}, named)];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    default:
      return sampleText(schema);
  }
}
