import { readFile, rm } from "node:fs/promises";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { readFaqFile } from "@/lib/knowledge/import-file";
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS, type ImportReport, importQuery } from "@/lib/knowledge/import-schema";
import { compareImport, importEntries } from "@/lib/knowledge/imports/entries-service";
import { FILE_MAX_BYTES, importOptions } from "@/lib/knowledge/imports/schema";
import { startFileImport } from "@/lib/knowledge/imports/service";
import type { Context } from "@/lib/platform/context";
import type { Contract } from "@/lib/platform/http/contract";
import { type ReceivedFile, receiveFile } from "@/lib/platform/http/receive-file";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { incomingFolder } from "@/lib/platform/storage/storage";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { invalidFields, problemResponse } from "./problem-response";

const PER_MINUTE = 20;
const SAMPLE = 5;
const ERRORS_SHOWN = 200;

type Importer = Context<ActorOf<"agent"> | ActorOf<"key">>;
type Query = typeof importQuery | typeof importOptions;

interface Endpoint<Schema extends Query> {
  readonly name: string;
  readonly query: Schema;
  readonly maxBytes: number;
  readonly take: (context: Importer, file: ReceivedFile, query: ReturnType<Schema["parse"]>) => Promise<Response>;
}

/** A multipart request with a file for the knowledge base, from who may write it. */
function fileEndpoint<Schema extends Query>({ name, query, maxBytes, take }: Endpoint<Schema>) {
  const contract = { name, audience: ["agent", "key"], permission: "knowledge.write" } as unknown as Contract;
  return async (request: Request): Promise<Response> => {
    const base = baseContext(request.headers);
    try {
      const actor = await authenticate(request, base.db, contract, base.now());
      if (actor.kind !== "agent" && actor.kind !== "key") {
        throw new AppError("unauthenticated", "unauthenticated");
      }
      spend(`${actor.kind === "agent" ? actor.agentId : actor.keyId}:${name}`, PER_MINUTE);
      const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
      if (!parsed.success) {
        throw new AppError("invalid", "invalid", { fields: invalidFields("query", parsed.error) });
      }
      const received = await receiveFile(request, { folder: incomingFolder(), maxBytes });
      try {
        return await take({ ...base, actor }, received, parsed.data as ReturnType<Schema["parse"]>);
      } finally {
        await rm(received.path, { force: true });
      }
    } catch (error) {
      return problemResponse(error, { ...base, operation: name });
    }
  };
}

/** `POST /api/v1/knowledge/import`: entries from a file, multipart field `file`; with `preview=true` nothing is written. */
export const importKnowledge = fileEndpoint({
  name: "importEntries",
  query: importQuery,
  maxBytes: IMPORT_MAX_BYTES,
  take: async (context, received, { collection, preview }) => {
    const { items, errors } = await readFaqFile(context, received.name, await readFile(received.path));
    if (items.length + errors.length > IMPORT_MAX_ROWS) {
      throw new AppError("too_large", "import_too_many_rows", { values: { max: IMPORT_MAX_ROWS } });
    }
    const expected = await compareImport(context, items, { collection });
    const counts = preview === "true" ? expected : await importEntries(context, items, { collection });
    const reasons = serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "errors");
    const report: ImportReport = {
      ...counts,
      repeated: expected.repeated,
      sample: items.slice(0, SAMPLE).map(({ question }) => question),
      refused: errors.length,
      errors: errors.slice(0, ERRORS_SHOWN).map((error) => ({ ...error, detail: reasons(error.reason) })),
    };
    return Response.json(report);
  },
});

/** `POST /api/v1/knowledge/imports/file`: a file of any kind that is read in the background and waits to be confirmed. */
export const uploadImport = fileEndpoint({
  name: "startFileImport",
  query: importOptions,
  maxBytes: FILE_MAX_BYTES,
  take: async (context, received, options) =>
    Response.json(await startFileImport(context, received, options), { status: 201 }),
});
