import { readSheet } from "read-excel-file/node";
import { AppError } from "@/lib/core/errors";
import { checkArchive } from "../zip-limit";
import { type ImportRecord, isHead, recordsOfJson, recordsOfTable } from "./table-rows";
import { decodeText } from "./text-encoding";

export type TableKind = "json" | "xlsx";

/**
 * Reads a table that is only whole in memory.
 *
 * @throws AppError invalid `import_unreadable` | `import_no_columns` | `import_encrypted`; too_large `import_too_large`
 */
export async function readTable(kind: TableKind, bytes: Uint8Array): Promise<ImportRecord[]> {
  if (kind === "xlsx") {
    checkArchive(bytes);
    const rows = await readSheet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      // The end of a cell says whether it is one value or a list of one (exports.ts).
      trim: false,
    }).catch((cause) => {
      throw new AppError("invalid", "import_unreadable", { cause });
    });
    const head = rows.findIndex((cells) => cells.some((cell) => String(cell ?? "").trim() !== ""));
    if (!isHead(rows[head] ?? [])) {
      throw new AppError("invalid", "import_no_columns");
    }
    return recordsOfTable(rows.slice(head), head + 2);
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
