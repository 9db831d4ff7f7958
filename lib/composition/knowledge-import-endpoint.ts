import { readFile, rm } from "node:fs/promises";
import { AppError } from "@/lib/core/errors";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { ParsedFile } from "@/lib/knowledge/import-file";
import { parseFaqFile } from "@/lib/knowledge/import-file";
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS, type ImportReport, importQuery } from "@/lib/knowledge/import-schema";
import { compareImport, importEntries } from "@/lib/knowledge/imports/entries-service";
import type { Contract } from "@/lib/platform/http/contract";
import { receiveFile } from "@/lib/platform/http/receive-file";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { incomingFolder } from "@/lib/platform/storage/storage";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { invalidFields, problemResponse } from "./problem-response";

const PER_MINUTE = 20;
const SAMPLE = 5;
const ERRORS_SHOWN = 200;

const contract = {
  name: "importEntries",
  audience: ["agent", "key"],
  permission: "knowledge.write",
} as unknown as Contract;

async function parsedFile(request: Request): Promise<ParsedFile> {
  const received = await receiveFile(request, { folder: incomingFolder(), maxBytes: IMPORT_MAX_BYTES });
  try {
    const file = await parseFaqFile(received.name, await readFile(received.path));
    if (file.items.length + file.errors.length > IMPORT_MAX_ROWS) {
      throw new AppError("too_large", "import_too_many_rows", { values: { max: IMPORT_MAX_ROWS } });
    }
    return file;
  } finally {
    await rm(received.path, { force: true });
  }
}

/** `POST /api/v1/knowledge/import`: entries from a file, multipart field `file`; with `preview=true` nothing is written. */
export async function importKnowledge(request: Request): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const actor = await authenticate(request, base.db, contract, base.now());
    if (actor.kind !== "agent" && actor.kind !== "key") {
      throw new AppError("unauthenticated", "unauthenticated");
    }
    const context = { ...base, actor };
    spend(`${actor.kind === "agent" ? actor.agentId : actor.keyId}:${contract.name}`, PER_MINUTE);
    const query = importQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success) {
      throw new AppError("invalid", "invalid", { fields: invalidFields("query", query.error) });
    }
    const { items, errors } = await parsedFile(request);
    const { collection, preview } = query.data;
    const expected = await compareImport(context, items, { collection });
    const counts = preview === "true" ? expected : await importEntries(context, items, { collection });
    const reasons = serverTranslator(isLocale(base.locale) ? base.locale : "zh-CN", "errors");
    const report: ImportReport = {
      ...counts,
      repeated: expected.repeated,
      sample: items.slice(0, SAMPLE).map(({ question }) => question),
      refused: errors.length,
      errors: errors.slice(0, ERRORS_SHOWN).map((error) => ({ ...error, detail: reasons(error.reason) })),
    };
    return Response.json(report);
  } catch (error) {
    return problemResponse(error, { ...base, operation: contract.name });
  }
}
