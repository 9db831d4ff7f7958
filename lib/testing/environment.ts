import { encode } from "next-auth/jwt";
import { vi } from "vitest";
import type { Database } from "@/db/client";
import { sessionCookieName } from "@/lib/identity/session";
import { signToken } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";
import type { VisitorContext } from "./actors";

/**
 * Makes endpoints of this process serve from the test's own database, with secrets of its own. Call it before anything
 * reads the environment.
 */
export function serveFrom(db: Database): void {
  (globalThis as Record<symbol, unknown>)[Symbol.for("yingda.database")] = db;
  vi.stubEnv("AUTH_SECRET", "test-auth-secret-of-32-characters");
  vi.stubEnv("SIGNING_SECRET", "test-signing-secret-of-32-chars--");
  vi.stubEnv("ENCRYPTION_KEY", Buffer.alloc(32, 7).toString("base64"));
  vi.stubEnv("REALTIME_SECRET", "test-realtime-secret");
  vi.stubEnv("YINGDA_URL", "http://localhost:3000");
}

/** The token that a visitor's page keeps. */
export function visitorToken({ actor }: VisitorContext): string {
  return signToken(
    "visitor",
    { ch: actor.channelId, m: actor.merchantId, cu: actor.customerId, i: actor.identityId },
    3_600,
  );
}

/** The cookie header of a signed-in person. */
export async function sessionCookie(userId: string, sessionVersion = 1): Promise<string> {
  return `${sessionCookieName()}=${await encode({ token: { userId, sessionVersion }, secret: env().AUTH_SECRET })}`;
}
