import { parentPort } from "node:worker_threads";
import { AppError } from "@/lib/core/errors";
import { type DocumentSource, type ReadDocument, readDocument } from "./document-reading";
import { readTable, type TableKind } from "./table-reading";
import type { ImportRecord } from "./table-rows";

/** What the thread is asked to read. */
export type ReadRequest = { readonly bytes: Uint8Array } & (
  | { readonly table: TableKind }
  | { readonly document: DocumentSource }
);

/** What it answers: the document, the rows in several messages, or why not. */
export type ReadAnswer =
  | { readonly document: ReadDocument }
  | { readonly records: readonly ImportRecord[]; readonly last: boolean }
  | { readonly failed: { readonly code: AppError["code"]; readonly reason: string } };

/** Rows in one message. */
const ROWS = 1_000;

async function answer(request: ReadRequest): Promise<void> {
  const send = (message: ReadAnswer): void => parentPort?.postMessage(message);
  try {
    if ("document" in request) {
      send({ document: await readDocument(request.document, request.bytes) });
      return;
    }
    const records = await readTable(request.table, request.bytes);
    for (let start = 0; start < records.length || start === 0; start += ROWS) {
      send({ records: records.slice(start, start + ROWS), last: start + ROWS >= records.length });
    }
  } catch (error) {
    const known = AppError.is(error) ? error : new AppError("invalid", "import_broken");
    send({ failed: { code: known.code, reason: known.reason } });
  }
}

parentPort?.on("message", (request: ReadRequest) => void answer(request));
