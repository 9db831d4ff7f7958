import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { defineJob } from "@/lib/platform/jobs/job";
import { storage } from "@/lib/platform/storage/storage";
import { readCsv } from "./csv-reading";
import { DocumentReader } from "./document-reader";
import type { DocumentKind } from "./document-reading";
import { ImportPlanner } from "./planning";
import { changeImport, removeItems, type StoredImport } from "./repository";
import { ROWS_MAX } from "./schema";
import { crawl } from "./web/crawl";

/** Times that reading is begun: a source that ended the process so often is given up. */
const ATTEMPTS_MAX = 3;

const DOCUMENTS: Readonly<Record<string, DocumentKind>> = {
  md: "markdown",
  markdown: "markdown",
  txt: "text",
  html: "html",
  htm: "html",
  docx: "docx",
  pdf: "pdf",
};

/** Thrown to leave a source that nobody wants any more. */
class Cancelled extends Error {}

interface Reading {
  readonly context: Context;
  readonly row: StoredImport;
  readonly planner: ImportPlanner;
  readonly reader: DocumentReader;
}

/** Tells how far it is. @throws Cancelled when it was ended meanwhile */
async function progress({ context, row, planner }: Reading): Promise<void> {
  if (planner.count > ROWS_MAX) {
    throw new AppError("too_large", "import_too_many_rows", { values: { max: ROWS_MAX } });
  }
  if (!(await changeImport(context.db, row.id, ["reading"], { read: planner.count }))) {
    throw new Cancelled();
  }
}

async function storedFile(row: StoredImport): Promise<ReadableStream<Uint8Array>> {
  const body = row.storageKey ? await storage().read(row.storageKey) : undefined;
  if (!body) {
    throw new AppError("not_found", "import_file_missing");
  }
  return body;
}

async function readTableFile(reading: Reading, kind: string): Promise<void> {
  const { row, planner, reader } = reading;
  const body = await storedFile(row);
  const records =
    kind === "csv"
      ? readCsv(body as unknown as AsyncIterable<Uint8Array>)
      : reader.table(kind === "json" ? "json" : "xlsx", new Uint8Array(await new Response(body).arrayBuffer()));
  for await (const record of records) {
    if (await planner.add(record)) {
      await progress(reading);
    }
  }
  await planner.flush();
  if (planner.count === 0) {
    throw new AppError("invalid", "import_no_rows");
  }
}

async function readFile(reading: Reading): Promise<void> {
  const { row, planner, reader } = reading;
  const end = /\.([a-z]+)$/i.exec(row.name)?.[1]?.toLowerCase() ?? "";
  if (end === "csv" || end === "json" || end === "xlsx") {
    return readTableFile(reading, end);
  }
  const kind = DOCUMENTS[end];
  if (!kind) {
    throw new AppError("unsupported_type", "import_unreadable");
  }
  const bytes = new Uint8Array(await new Response(await storedFile(row)).arrayBuffer());
  await planner.addDocument(row.name, undefined, await reader.document({ kind, name: row.name }, bytes));
}

async function readWeb(reading: Reading): Promise<void> {
  const { row, planner, reader } = reading;
  const mode = row.source === "site" || row.source === "sitemap" ? row.source : "page";
  const stop = new AbortController();
  const options = { mode, pages: row.options.pages, depth: row.options.depth, signal: stop.signal } as const;
  let found = 0;
  try {
    for await (const page of crawl(row.name, options, reader)) {
      if ("document" in page) {
        found += 1;
        await planner.addDocument(page.address, page.address, page.document);
      } else if (mode === "page") {
        throw page.error;
      } else {
        const error = { reason: page.error.reason, field: "", question: page.address };
        await planner.add({ place: page.address, error });
        await planner.flush();
      }
      await progress(reading);
    }
  } finally {
    stop.abort();
  }
  if (found === 0) {
    throw new AppError("invalid", "import_no_pages");
  }
}

async function removeFile(row: StoredImport): Promise<void> {
  if (row.storageKey) {
    await storage().remove(row.storageKey);
  }
}

/** Ends an import that cannot be read; other failures are tried again by the queue. */
async function giveUp(context: Context, row: StoredImport, error: unknown): Promise<void> {
  if (error instanceof Cancelled) {
    await removeFile(row);
    return;
  }
  if (!AppError.is(error) && row.attempts < ATTEMPTS_MAX) {
    throw error;
  }
  const reason = AppError.is(error) ? error.reason : "import_failed";
  context.log.warn({ importId: row.id, reason: String(error) }, "an import could not be read");
  await changeImport(context.db, row.id, ["reading"], { status: "failed", reason, finishedAt: context.now() });
  await removeFile(row);
}

/** Reads a source into rows that somebody looks at. Begun again after a crash, it begins anew: nothing is written yet. */
export const readImportJob = defineJob({
  name: "knowledge.read_import",
  schema: z.object({ importId: z.string(), merchantId: z.string() }),
  handle: async ({ importId, merchantId }, system) => {
    const context: Context = { ...system, actor: { kind: "system", merchantId } };
    const begun = await changeImport(context.db, importId, ["waiting", "reading"], { status: "reading", read: 0 });
    if (!begun) {
      return;
    }
    const row = { ...begun, attempts: begun.attempts + 1 };
    await changeImport(context.db, importId, ["reading"], { attempts: row.attempts });
    const reader = new DocumentReader();
    try {
      if (row.attempts > ATTEMPTS_MAX) {
        throw new AppError("invalid", "import_crashed");
      }
      await removeItems(context.db, importId);
      const reading = { context, row, reader, planner: await ImportPlanner.of(context, row) };
      await (row.source === "file" ? readFile(reading) : readWeb(reading));
      await progress(reading);
      await changeImport(context.db, importId, ["reading"], { status: "ready" });
      await removeFile(row);
    } catch (error) {
      await giveUp(context, row, error);
    } finally {
      await reader.close();
    }
  },
});
