import { exampleOf, type JsonSchema, type SchemaRow, schemaRows } from "./json-schema";

interface MediaType {
  readonly schema?: JsonSchema;
}

interface ParameterObject {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}

interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>>;
  readonly "x-audience": readonly string[];
  readonly "x-permission"?: string;
  readonly "x-requests-per-minute"?: number;
}

/** An OpenAPI document as far as the reference page reads it. */
export interface ReadDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters?: Readonly<Record<string, ParameterObject>>;
  };
}

export interface Content {
  readonly type: string;
  readonly rows: readonly SchemaRow[];
}

export interface ReferenceOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly audience: readonly string[];
  readonly permission: string | undefined;
  readonly perMinute: number | undefined;
  readonly parameters: readonly (SchemaRow & { readonly place: string })[];
  readonly body: Content | undefined;
  readonly success: { readonly status: string; readonly content: Content | undefined };
  readonly failures: readonly string[];
  readonly curl: string;
}

export interface ReferenceGroup {
  readonly tag: string;
  /** The tag as part of an address: `quick-replies`. */
  readonly slug: string;
  readonly operations: readonly ReferenceOperation[];
}

function contentOf(content: Readonly<Record<string, MediaType>> | undefined): Content | undefined {
  const [first] = Object.entries(content ?? {});
  return first && { type: first[0], rows: first[1].schema ? schemaRows(first[1].schema) : [] };
}

/** The header that proves the caller in an example; empty for an open operation. */
function proofOf(audience: readonly string[]): string[] {
  if (audience.includes("public")) {
    return [];
  }
  if (audience.includes("key")) {
    return ['-H "Authorization: Bearer $YINGDA_API_KEY"'];
  }
  return audience.includes("visitor")
    ? ['-H "Authorization: Bearer $VISITOR_TOKEN"']
    : ['-b "yingda.session=$SESSION"', '-H "Origin: $YINGDA_URL"'];
}

function dataOf(operation: OperationObject, named: ReadDocument["components"]["schemas"]): string[] {
  const [first] = Object.entries(operation.requestBody?.content ?? {});
  if (!first) {
    return [];
  }
  const [type, { schema }] = first;
  const example = exampleOf(schema ?? {}, named);
  if (type === "application/json") {
    return [`-H "Content-Type: ${type}"`, `-d '${JSON.stringify(example)}'`];
  }
  const fields = Object.keys(example as object);
  return fields.map((field) => (type === "multipart/form-data" ? `-F "${field}=@photo.png"` : `-d "${field}=…"`));
}

function curlOf(
  operation: OperationObject,
  address: { readonly method: string; readonly path: string },
  parameters: readonly ParameterObject[],
  named: ReadDocument["components"]["schemas"],
): string {
  const query = parameters
    .filter((each) => each.in === "query" && each.required)
    .map((each) => `${each.name}=${String(exampleOf(each.schema ?? {}, named))}`)
    .join("&");
  const path = address.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `$${name.replace(/([A-Z])/g, "_$1").toUpperCase()}`,
  );
  const lines = [
    `curl${address.method === "GET" ? "" : ` -X ${address.method}`} "$YINGDA_URL${path}${query && `?${query}`}"`,
    ...proofOf(operation["x-audience"]),
    ...dataOf(operation, named),
  ];
  return lines.join(" \\\n  ");
}

function referenceOf(
  operation: OperationObject,
  address: { readonly method: string; readonly path: string },
  { components }: ReadDocument,
): ReferenceOperation {
  const parameters = (operation.parameters ?? []).map(
    (each) => components.parameters?.[each.$ref?.split("/").at(-1) ?? ""] ?? each,
  );
  const statuses = Object.keys(operation.responses);
  const success = statuses.find((status) => status.startsWith("2")) ?? "200";
  return {
    id: operation.operationId,
    ...address,
    summary: operation.summary,
    audience: operation["x-audience"],
    permission: operation["x-permission"],
    perMinute: operation["x-requests-per-minute"],
    parameters: parameters.flatMap((each) =>
      schemaRows(each.schema ?? {}, each.name, each.required ?? false).map((row) => ({ ...row, place: each.in })),
    ),
    body: contentOf(operation.requestBody?.content),
    success: { status: success, content: contentOf(operation.responses[success]?.content) },
    failures: statuses.filter((status) => !status.startsWith("2")),
    curl: curlOf(operation, address, parameters, components.schemas),
  };
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** A tag as part of an address. */
export function slugOf(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** By address, and what reads before what writes. */
function orderOf({ path, method }: ReferenceOperation): string {
  return `${path.replace(/[{}]/g, "")} ${METHODS.indexOf(method)}`;
}

/** The document as a reader wants it: operations by group and address, schemas as lines, an example to copy. */
export function apiReference(document: ReadDocument): readonly ReferenceGroup[] {
  const groups = new Map<string, ReferenceOperation[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const tag = operation.tags[0] ?? "";
      const reference = referenceOf(operation, { method: method.toUpperCase(), path }, document);
      groups.set(tag, [...(groups.get(tag) ?? []), reference]);
    }
  }
  return [...groups].map(([tag, operations]) => ({
    tag,
    slug: slugOf(tag),
    operations: operations.toSorted((one, other) => orderOf(one).localeCompare(orderOf(other), "en")),
  }));
}
