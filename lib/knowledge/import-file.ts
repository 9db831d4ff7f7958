import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { readCsv } from "./imports/csv-reading";
import type { ImportItem } from "./imports/entries-service";
import { withReferences } from "./imports/references";
import { readTable } from "./imports/table-reading";
import type { ImportRecord } from "./imports/table-rows";

/** A row of a file that was not taken, and why; `row` counts as a person does in the file (the header is row 1). */
export interface RowError {
  readonly row: number;
  readonly reason: string;
  readonly field: string;
}

export interface ParsedFile {
  readonly items: readonly ImportItem[];
  readonly errors: readonly RowError[];
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function recordsOf(name: string, bytes: Uint8Array): Promise<ImportRecord[]> {
  if (/\.csv$/i.test(name)) {
    const records: ImportRecord[] = [];
    for await (const record of readCsv(once(bytes))) {
      records.push(record);
    }
    return records;
  }
  const kind = /\.(json|xlsx)$/i.exec(name)?.[1]?.toLowerCase();
  if (kind !== "json" && kind !== "xlsx") {
    throw new AppError("unsupported_type", "import_unreadable");
  }
  return readTable(kind, bytes);
}

function parsed(records: readonly ImportRecord[]): ParsedFile {
  return {
    items: records.flatMap(({ item }) => item ?? []),
    errors: records.flatMap(({ row, error }) =>
      error ? [{ row: row ?? 0, field: error.field, reason: error.reason }] : [],
    ),
  };
}

/**
 * Reads a file of frequently asked questions: json (the shape of seed 003, or a bare list), csv or xlsx with a header
 * row in Chinese or English. Rows that lack a question or an answer are reported, the others are taken.
 *
 * @throws AppError invalid `import_unreadable` when it is none of these
 */
export async function parseFaqFile(name: string, bytes: Uint8Array): Promise<ParsedFile> {
  return parsed(await recordsOf(name, bytes));
}

/**
 * The same for the caller's merchant: channels, owners and files that rows name are theirs.
 *
 * @throws AppError invalid `import_unreadable`
 */
export async function readFaqFile(context: Context, name: string, bytes: Uint8Array): Promise<ParsedFile> {
  return parsed(await withReferences(context, await recordsOf(name, bytes)));
}
