import type { Database } from "@/db/client";
import { visitorFromToken } from "@/lib/conversations/sessions";
import type { Actor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { isBlocked } from "@/lib/customers/blocklist-service";
import { actorFromApiKey } from "@/lib/identity/api-keys";
import { isPermission, roleMay, scopesMay } from "@/lib/identity/permissions";
import { agentFromSession, MERCHANT_COOKIE, sessionCookieName } from "@/lib/identity/session";
import { env } from "@/lib/platform/env/env";
import { clientIp } from "@/lib/platform/http/client-ip";
import type { Contract } from "@/lib/platform/http/contract";

/** One cookie's value; undefined when the request does not carry it, or carries something that is no encoding. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === name) {
      try {
        return decodeURIComponent(pair.slice(at + 1).trim());
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}

function ownOrigins(request: Request): string[] {
  const host = request.headers.get("host");
  return [new URL(env().YINGDA_URL).origin, ...(host ? [`http://${host}`, `https://${host}`] : [])];
}

/**
 * A cookie goes along with every request a browser makes, also with one that another site caused. A change therefore
 * needs an Origin of ours; bearer tokens are not sent by browsers on their own and need none (T45).
 */
function refuseForeignOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") {
    return;
  }
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin ? !ownOrigins(request).includes(origin) : site !== null && site !== "same-origin") {
    throw new AppError("forbidden", "foreign_origin");
  }
}

async function identify(
  request: Request,
  db: Database,
  audience: readonly string[],
  now: Date,
): Promise<Actor | undefined> {
  const bearer =
    /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? request.headers.get("x-api-key");
  if (bearer) {
    if (audience.includes("key") && bearer.startsWith("yd_")) {
      return actorFromApiKey(db, bearer);
    }
    return audience.includes("visitor") ? visitorFromToken(bearer, now) : undefined;
  }
  const session = audience.includes("agent") ? cookieOf(request.headers, sessionCookieName()) : undefined;
  if (!session) {
    return undefined;
  }
  refuseForeignOrigin(request);
  return agentFromSession(db, session, cookieOf(request.headers, MERCHANT_COOKIE));
}

function mayCall(actor: Actor, permission: string | undefined): boolean {
  if (!permission || !isPermission(permission) || actor.kind === "visitor") {
    return true;
  }
  if (actor.kind === "key") {
    return scopesMay(actor.scopes, permission);
  }
  return actor.kind === "agent" && roleMay(actor.role, permission);
}

/**
 * The actor behind a request, checked against the contract's audience and permission.
 *
 * @throws AppError unauthenticated; forbidden; forbidden `blocked` for a visitor who may not write
 */
export async function authenticate(request: Request, db: Database, contract: Contract, now: Date): Promise<Actor> {
  const actor = await identify(request, db, contract.audience, now);
  if (!actor) {
    if (contract.audience.includes("public")) {
      return { kind: "anonymous" };
    }
    throw new AppError("unauthenticated", "unauthenticated");
  }
  if (actor.kind === "visitor" && request.method !== "GET") {
    const who = { ...actor, ip: clientIp(request.headers) };
    if (await isBlocked(db, who, now)) {
      throw new AppError("forbidden", "blocked");
    }
  }
  if (!mayCall(actor, contract.permission)) {
    throw new AppError("forbidden", "forbidden");
  }
  return actor;
}
