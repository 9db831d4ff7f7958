import { z } from "zod";
import { record } from "@/lib/audit/service";
import type { Actor, ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Permission } from "@/lib/identity/permissions";
import type { Context } from "@/lib/platform/context";
import { type Cell, tableFile } from "@/lib/platform/export/table-file";
import type { Contract } from "@/lib/platform/http/contract";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { invalidFields, problemResponse } from "./problem-response";

export type Exporter = Context<ActorOf<"agent"> | ActorOf<"key">>;

/** A table that can be taken away as a file. */
export interface Export<Query extends z.ZodObject> {
  /** In the file's name, in audit and rate limit. */
  readonly name: string;
  readonly permission: Permission;
  readonly query: Query;
  /** The head, then the rows. */
  readonly rows: (context: Exporter, query: z.output<Query>) => Promise<(readonly Cell[])[]>;
  /** The same as JSON, where it has a shape of its own. */
  readonly json?: (context: Exporter, query: z.output<Query>) => Promise<{ rows: number; value: unknown }>;
}

const PER_MINUTE = 10;
const formatQuery = z.object({ format: z.enum(["csv", "xlsx", "json"]).default("csv") });

function isExporter(actor: Actor): actor is Exporter["actor"] {
  return actor.kind === "agent" || actor.kind === "key";
}

function read<Schema extends z.ZodType>(schema: Schema, values: Record<string, string>): z.output<Schema> {
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new AppError("invalid", "invalid", { fields: invalidFields("query", parsed.error) });
  }
  return parsed.data;
}

interface Made {
  readonly bytes: Buffer;
  readonly mime: string;
  /** Without the head. */
  readonly rows: number;
}

async function fileOf<Query extends z.ZodObject>(
  table: Export<Query>,
  format: "csv" | "xlsx" | "json",
  context: Exporter,
  query: z.output<Query>,
): Promise<Made> {
  if (format !== "json") {
    const rows = await table.rows(context, query);
    return { ...tableFile(format, rows), rows: rows.length - 1 };
  }
  if (!table.json) {
    throw new AppError("invalid", "invalid", { fields: [{ path: "query.format", reason: "invalid" }] });
  }
  const { rows, value } = await table.json(context, query);
  return { bytes: Buffer.from(JSON.stringify(value, null, 2)), mime: "application/json; charset=utf-8", rows };
}

/** `GET …/export?format=csv|xlsx|json`: the table as an attachment. Who took what away is written down. */
export function exportEndpoint<Query extends z.ZodObject>(table: Export<Query>) {
  const contract = { name: `export-${table.name}`, audience: ["agent", "key"], permission: table.permission };
  return async (request: Request): Promise<Response> => {
    const base = baseContext(request.headers);
    try {
      const actor = await authenticate(request, base.db, contract as unknown as Contract, base.now());
      if (!isExporter(actor)) {
        throw new AppError("unauthenticated", "unauthenticated");
      }
      const context = { ...base, actor };
      spend(`${actor.kind === "agent" ? actor.agentId : actor.keyId}:${contract.name}`, PER_MINUTE);
      const values = Object.fromEntries(new URL(request.url).searchParams);
      const { format } = read(formatQuery, values);
      const { bytes, mime, rows } = await fileOf(table, format, context, read(table.query, values));
      await context.db.transaction((tx) =>
        record(tx, context, {
          action: `${table.name}.exported`,
          targetType: table.name,
          targetId: null,
          after: { ...values, format, rows },
        }),
      );
      const name = `${table.name}-${base.now().toISOString().slice(0, 10)}.${format}`;
      return new Response(new Uint8Array(bytes), {
        headers: {
          "content-type": mime,
          "content-disposition": `attachment; filename="${name}"`,
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        },
      });
    } catch (error) {
      return problemResponse(error, { ...base, operation: contract.name });
    }
  };
}
