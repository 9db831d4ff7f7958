import type { Actor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import type { Contract } from "@/lib/platform/http/contract";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { readJson } from "@/lib/platform/http/read-body";
import { countRequest } from "@/lib/platform/metrics/request-metrics";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { inSpan } from "@/lib/platform/tracing/span";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { once } from "./idempotency";
import { invalidFields, problemResponse } from "./problem-response";

const DEFAULT_MAX_BYTES = 256 * 1024;
const DEFAULT_PER_MINUTE = 600;

/** A contract bound to its handler: a web-standard function that any server can call. */
export type Endpoint = (request: Request, params: Record<string, unknown>) => Promise<Response>;

/** Values of an address, without what no database stores. */
function storableValues(values: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(
    [...values].map(([name, value]) => [name, typeof value === "string" ? storable(value) : value]),
  );
}

/** Path, query and body as the contract reads them. @throws AppError invalid with the fields that are wrong */
async function parse(contract: Contract, request: Request, params: Record<string, unknown>) {
  const query = contract.query ? storableValues(new URL(request.url).searchParams) : undefined;
  const body = contract.body ? await readJson(request, contract.maxBytes ?? DEFAULT_MAX_BYTES) : undefined;
  const parts: Record<string, unknown> = {};
  for (const [name, schema, value] of [
    ["params", contract.params, storableValues(Object.entries(params))],
    ["query", contract.query, query],
    ["body", contract.body, body],
  ] as const) {
    if (!schema) {
      continue;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      throw new AppError(contract.unprocessable ? "unprocessable" : "invalid", "invalid", {
        fields: invalidFields(name, parsed.error),
      });
    }
    parts[name] = parsed.data;
  }
  return parts;
}

/** A name for the caller in rate limits and idempotency keys. */
function keyOf(actor: Actor, ip: string | null): string {
  switch (actor.kind) {
    case "agent":
      return actor.agentId;
    case "visitor":
      return actor.customerId;
    case "key":
      return actor.keyId;
    default:
      return ip ?? "unknown";
  }
}

async function run(
  operation: AnyOperation,
  request: Request,
  params: Record<string, unknown>,
  base: Omit<Context, "actor">,
): Promise<Response> {
  const { contract, handler } = operation;
  const actor = await authenticate(request, base.db, contract, base.now());
  const actorKey = keyOf(actor, base.ip);
  spend(`${actorKey}:${contract.name}`, contract.perMinute ?? DEFAULT_PER_MINUTE);
  const input = await parse(contract, request, params);
  const status = contract.status ?? 200;
  const answer = async () => ({
    status,
    body: contract.result.parse(await handler(input as never, { ...base, actor } as never)) as unknown,
  });
  // Not for strangers: two of them behind one address would share a name, and so each other's answers.
  const named = actor.kind !== "anonymous";
  const idempotencyKey = named && contract.method === "POST" ? request.headers.get("idempotency-key") : null;
  const done = idempotencyKey
    ? await once(
        base.db,
        { actorKey, key: idempotencyKey, content: `${contract.name}:${JSON.stringify(input)}` },
        answer,
      )
    : await answer();
  return new Response(JSON.stringify(done.body), {
    status: done.status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-request-id": base.requestId,
    },
  });
}

/**
 * The walk of every API request (architecture.md section 2): request id → who → may they → how often → parse → handler
 * → the result held to the contract → any throw becomes problem+json.
 */
export function createEndpoint(operation: AnyOperation): Endpoint {
  return async (request, params) => {
    const base = baseContext(request.headers);
    const started = performance.now();
    const { name } = operation.contract;
    const answer = await inSpan(
      name,
      { "http.request.method": request.method, "yingda.request_id": base.requestId },
      () =>
        run(operation, request, params, base).catch((error: unknown) =>
          problemResponse(error, { ...base, operation: name }),
        ),
      ({ status }) => status >= 500,
    );
    countRequest(name, answer.status, performance.now() - started);
    return answer;
  };
}
