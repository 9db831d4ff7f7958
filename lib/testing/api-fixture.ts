import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { vi } from "vitest";
import { apiKeys, users } from "@/db/schema/identity";

import type { ActorOf, ActorRole } from "@/lib/core/actor";
import { createApiKey } from "@/lib/identity/service";
import { sessionCookieName } from "@/lib/identity/session";
import { sha256Hex, signToken } from "@/lib/platform/crypto/sign";
import { closeDatabase, database } from "@/lib/platform/database/database";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { defineRoute } from "@/lib/web/define-route";
import { createVisitor, systemContext } from "./actors";
import { createDeskFixture, type DeskFixture } from "./desk-fixture";
import { bePatient } from "./patience";

/** Public address of the app in tests; cookies are plain there. */
export const APP_URL = "http://yingda.test";
const AUTH_SECRET = "sessions of tests";
const DAY_SECONDS = 86_400;

/** What proves who is calling: headers that go with a request. */
export type Credentials = Readonly<Record<string, string>>;

export interface ApiCall {
  readonly as?: Credentials;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Sent as JSON; a string or bytes go as they are. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface ApiFixture {
  readonly desk: DeskFixture;
  /** A person with a session cookie. */
  signedIn(merchantId: string, role: ActorRole): Promise<{ as: Credentials; actor: ActorOf<"agent"> }>;
  /** The session cookie of somebody who is in the database already. */
  sessionOf(userId: string): Promise<Credentials>;
  /** A visitor with a token. */
  visitor(at: { merchantId: string; channelId: string }): Promise<{ as: Credentials; actor: ActorOf<"visitor"> }>;
  /** An API key of the merchant. */
  key(merchantId: string, scopes: string[]): Promise<{ as: Credentials; secret: string }>;
  /** The session of a person who was disabled since. */
  disabled(merchantId: string): Promise<Credentials>;
  /** An API key that was revoked since. */
  revokedKey(merchantId: string): Promise<Credentials>;
  /** Calls an operation as a server does, from the raw request to the raw response. */
  call(operation: AnyOperation, call?: ApiCall): Promise<Response>;
  end(): Promise<void>;
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  return body === undefined || typeof body === "string" || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer> | undefined)
    : JSON.stringify(body);
}

/** A request for an operation, as it would come over the wire. */
export function requestFor({ contract }: AnyOperation, call: ApiCall = {}): Request {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => call.params?.[name] ?? "unknown");
  const query = new URLSearchParams(call.query).toString();
  const body = contract.method === "GET" ? undefined : bodyOf(call.body);
  return new Request(`${APP_URL}${path}${query && `?${query}`}`, {
    method: contract.method,
    headers: {
      host: "yingda.test",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...call.as,
      ...call.headers,
    },
    ...(body !== undefined && { body }),
  });
}

async function sessionCookie(desk: DeskFixture, userId: string): Promise<string> {
  const [user] = await desk.db.select().from(users).where(eq(users.id, userId));
  const token = await encode({
    token: { userId, sessionVersion: user?.sessionVersion ?? 0 },
    secret: AUTH_SECRET,
    maxAge: DAY_SECONDS,
  });
  return `${sessionCookieName()}=${token}`;
}

/**
 * The API on a database of the test's own. One a test file, before anything reads the environment.
 *
 * @param patience `the-product's`: a request waits for a free connection as long as it would there, and no longer
 */
export async function createApiFixture(patience: "of-tests" | "the-product's" = "of-tests"): Promise<ApiFixture> {
  const desk = await createDeskFixture();
  vi.stubEnv("DATABASE_URL", desk.url);
  vi.stubEnv("DATABASE_POOL", "6");
  vi.stubEnv("AUTH_SECRET", AUTH_SECRET);
  vi.stubEnv("YINGDA_URL", APP_URL);
  return {
    desk,
    async signedIn(merchantId, role) {
      const { actor } = await desk.agent(merchantId, role);
      return { as: { cookie: await sessionCookie(desk, actor.userId) }, actor };
    },
    async sessionOf(userId) {
      return { cookie: await sessionCookie(desk, userId) };
    },
    async visitor(at) {
      const { actor } = await createVisitor(desk, at);
      const claims = { ch: actor.channelId, m: actor.merchantId, cu: actor.customerId, i: actor.identityId };
      return { as: { authorization: `Bearer ${signToken("visitor", claims, DAY_SECONDS)}` }, actor };
    },
    async key(merchantId, scopes) {
      const secret = await createApiKey(systemContext(desk, merchantId), "test", scopes);
      return { as: { "x-api-key": secret }, secret };
    },
    async disabled(merchantId) {
      const { actor } = await desk.agent(merchantId, "admin");
      const cookie = await sessionCookie(desk, actor.userId);
      await desk.db.update(users).set({ disabled: true }).where(eq(users.id, actor.userId));
      return { cookie };
    },
    async revokedKey(merchantId) {
      const secret = await createApiKey(systemContext(desk, merchantId), "revoked", ["*"]);
      await desk.db
        .update(apiKeys)
        .set({ revokedAt: new Date() })
        .where(eq(apiKeys.hash, sha256Hex(secret)));
      return { "x-api-key": secret };
    },
    async call(operation, call = {}) {
      if (patience === "of-tests") {
        bePatient(database());
      }
      // As Next does: no params at all for a path without any.
      const params = operation.contract.params && (call.params ?? {});
      return defineRoute(operation)(requestFor(operation, call), { params: Promise.resolve(params) });
    },
    async end() {
      await closeDatabase();
      await desk.end();
    },
  };
}
