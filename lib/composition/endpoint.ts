import type { Actor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { LOCALE_COOKIE, negotiateLocale } from "@/lib/i18n/locales";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/database/database";
import { clientIp } from "@/lib/platform/http/client-ip";
import type { Contract } from "@/lib/platform/http/contract";
import type { Operation } from "@/lib/platform/http/handler";
import { readJson } from "@/lib/platform/http/read-body";
import { log } from "@/lib/platform/log/log";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { authenticate, cookieOf } from "./authenticate";
import { once } from "./idempotency";
import { invalidFields, problemResponse } from "./problem-response";

const DEFAULT_MAX_BYTES = 256 * 1024;
const DEFAULT_PER_MINUTE = 600;
const REQUEST_ID = /^[\w-]{8,64}$/;

/** A contract bound to its handler: a web-standard function that any server can call. */
export type Endpoint = (request: Request, params: Record<string, unknown>) => Promise<Response>;

/** Path, query and body as the contract reads them. @throws AppError invalid with the fields that are wrong */
async function parse(contract: Contract, request: Request, params: Record<string, unknown>) {
  const query = contract.query ? Object.fromEntries(new URL(request.url).searchParams) : undefined;
  const body = contract.body ? await readJson(request, contract.maxBytes ?? DEFAULT_MAX_BYTES) : undefined;
  const parts: Record<string, unknown> = {};
  for (const [name, schema, value] of [
    ["params", contract.params, params],
    ["query", contract.query, query],
    ["body", contract.body, body],
  ] as const) {
    if (!schema) {
      continue;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      throw new AppError("invalid", "invalid", { fields: invalidFields(name, parsed.error) });
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

async function run(operation: Operation, request: Request, params: Record<string, unknown>, base: Omit<Context, "actor">): Promise<Response> {
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
  const idempotencyKey = contract.method === "POST" ? request.headers.get("idempotency-key") : null;
  const done = idempotencyKey
    ? await once(base.db, { actorKey, key: idempotencyKey, content: `${contract.name}:${JSON.stringify(input)}` }, answer)
    : await answer();
  return new Response(JSON.stringify(done.body), {
    status: done.status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-request-id": base.requestId },
  });
}

/**
 * The walk of every API request (architecture.md section 2): request id → who → may they → how often → parse → handler
 * → the result held to the contract → any throw becomes problem+json.
 */
export function createEndpoint(operation: Operation<never> | Operation): Endpoint {
  const bound = operation as Operation;
  return async (request, params) => {
    const given = request.headers.get("x-request-id") ?? "";
    const requestId = REQUEST_ID.test(given) ? given : newId("request");
    const locale = negotiateLocale(cookieOf(request.headers, LOCALE_COOKIE), request.headers.get("accept-language"));
    try {
      return await run(bound, request, params, {
        db: database(),
        requestId,
        locale,
        now: () => new Date(),
        log: log(),
        ip: clientIp(request.headers),
      });
    } catch (error) {
      return problemResponse(error, { locale, requestId, operation: bound.contract.name });
    }
  };
}
