import { type SchemaRow, schemaRows } from "@/lib/platform/openapi/json-schema";
import { apiReference, type ReadDocument, type ReferenceGroup } from "@/lib/platform/openapi/reference";
import { apiDocument } from "./api-document";

export interface Reference {
  readonly groups: readonly ReferenceGroup[];
  readonly schemas: readonly { readonly name: string; readonly rows: readonly SchemaRow[] }[];
}

let made: Reference | undefined;

/** What the pages under /docs show; made once a process. */
export function reference(): Reference {
  if (!made) {
    const document = JSON.parse(JSON.stringify(apiDocument())) as ReadDocument;
    const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
    made = {
      groups: apiReference(document),
      schemas: schemas.map(([name, schema]) => ({ name, rows: schemaRows(schema) })),
    };
  }
  return made;
}
