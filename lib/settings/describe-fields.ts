import { z } from "zod";
import type { SettingsGroup } from "./definition";
import type { FieldKind, FieldShape } from "./schema";

/** What of a JSON Schema a form needs. `control` comes from `.meta({ control: "color" })` where the type does not say. */
interface Part {
  readonly type?: string;
  readonly control?: FieldKind;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Part;
  readonly properties?: Readonly<Record<string, Part>>;
  /** Of each value, where the names are anybody's. */
  readonly additionalProperties?: Part | boolean;
  readonly anyOf?: readonly Part[];
}

/** From this length on a text is written in several lines. */
const LONG_TEXT = 200;

function kindOfText(part: Part): FieldKind {
  if (part.enum) {
    return "select";
  }
  if (part.format === "time" || part.format === "date") {
    return part.format;
  }
  // zod writes a time as a pattern, for JSON Schema's "time" wants a zone.
  const pattern = part.pattern === undefined ? undefined : new RegExp(part.pattern);
  if (pattern?.test("09:30") && !pattern.test("09-30")) {
    return "time";
  }
  return (part.maxLength ?? 0) > LONG_TEXT ? "long" : "text";
}

function kindOf(part: Part): FieldKind {
  if (part.control) {
    return part.control;
  }
  switch (part.type) {
    case "boolean":
      return "switch";
    case "integer":
    case "number":
      return "number";
    case "array":
      return part.items?.properties ? "rows" : part.items?.enum ? "choices" : "lines";
    case "object":
      return "fields";
    default:
      return kindOfText(part);
  }
}

/** Integers have the safe integers as their bounds in JSON Schema: those are no bounds that a person should read. */
const bound = (value: number | undefined): number | undefined =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;

function shapeOf(name: string, given: Part): FieldShape {
  // A nullable field is the field that it is when it has a value.
  const part = given.anyOf?.find(({ type }) => type !== "null") ?? given;
  const inner = part.properties ?? part.items?.properties;
  const entry = part.additionalProperties;
  return {
    name,
    kind: kindOf({ ...part, ...(given.control && { control: given.control }) }),
    minimum: bound(part.minimum),
    maximum: bound(part.maximum),
    whole: part.type === "integer" ? true : undefined,
    maxLength: part.maxLength ?? part.items?.maxLength,
    maxItems: part.maxItems,
    options: (part.enum ?? part.items?.enum)?.map(String),
    fields: inner && Object.entries(inner).map(([key, value]) => shapeOf(key, value)),
    entry: part.type === "object" && !inner && typeof entry === "object" ? shapeOf(name, entry) : undefined,
  };
}

/** The fields of a group in the order of its schema, as a form shows them. */
export function describeFields(group: SettingsGroup): FieldShape[] {
  const { properties = {} } = z.toJSONSchema(group.schema, { io: "input", unrepresentable: "any" }) as Part;
  return Object.entries(properties).map(([name, part]) => {
    const shape = shapeOf(name, part);
    return group.secrets.includes(name) ? { ...shape, kind: "secret" } : shape;
  });
}
