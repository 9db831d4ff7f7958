import readExcelFile, { type Sheet } from "read-excel-file/node";
import { AppError } from "@/lib/core/errors";
import { checkArchive } from "../zip-limit";
import { HEAD_WITHIN, type ImportRecord, isHead, recordsOfJson, recordsOfTable } from "./table-rows";
import { decodeText } from "./text-encoding";

export type TableKind = "json" | "xlsx";

function sheetsOf(bytes: Uint8Array): Promise<Sheet[]> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The end of a cell says whether it is one value or a list of one (exports.ts): nothing is trimmed here.
  return readExcelFile(file, { trim: false }).catch((cause: unknown) => {
    throw new AppError("invalid", "import_unreadable", { cause });
  });
}

/** Rows of every sheet that has a head; one with notes only has none. Of several, each row says its sheet. */
function recordsOfBook(sheets: readonly Sheet[]): ImportRecord[] {
  const tables = sheets.flatMap(({ sheet, data }) => {
    const head = data.slice(0, HEAD_WITHIN).findIndex(isHead);
    return head < 0 ? [] : [{ sheet, records: recordsOfTable(data.slice(head), head + 2) }];
  });
  if (tables.length === 0) {
    throw new AppError("invalid", "import_no_columns");
  }
  return tables.flatMap(({ sheet, records }) =>
    tables.length === 1 ? records : records.map((each) => ({ ...each, place: sheet })),
  );
}

/**
 * Reads a table that is only whole in memory.
 *
 * @throws AppError invalid `import_unreadable` | `import_no_columns` | `import_encrypted`; too_large `import_too_large`
 */
export async function readTable(kind: TableKind, bytes: Uint8Array): Promise<ImportRecord[]> {
  if (kind === "xlsx") {
    checkArchive(bytes);
    return recordsOfBook(await sheetsOf(bytes));
  }
  const records = recordsOfJson(jsonOf(decodeText(bytes)));
  if (!records) {
    throw new AppError("invalid", "import_unreadable");
  }
  return records;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid", "import_unreadable", { cause });
  }
}
