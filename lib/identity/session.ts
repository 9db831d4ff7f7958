import { and, eq, isNull } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { z } from "zod";
import type { Executor } from "@/db/client";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/platform/env/env";
import { revocableCache } from "@/lib/platform/revocable-cache";

/** Seven days, as seed 004 promises. */
export const SESSION_SECONDS = 7 * 24 * 3_600;
export const MERCHANT_COOKIE = "yingda.merchant";

/** `__Host-` needs https; on plain http (one machine, no proxy) the prefix would make browsers drop the cookie. */
export function sessionCookieName(): string {
  return env().YINGDA_URL.startsWith("https://") ? "__Host-yingda.session" : "yingda.session";
}

const claims = z.object({ userId: z.string(), sessionVersion: z.number().int() });

// A token decrypts in about a tenth of a millisecond and the actor takes two queries; hot routes do neither for five
// seconds after the first, unless a right ends meanwhile (T38).
const known = revocableCache<ActorOf<"agent">>("sessions", 2_000);

async function membershipFor(executor: Executor, userId: string, wanted: string | undefined) {
  const own = await executor
    .select({
      agentId: memberships.id,
      merchantId: memberships.merchantId,
      role: memberships.role,
      kind: merchants.kind,
    })
    .from(memberships)
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.disabled, false),
        eq(memberships.visiting, false),
        isNull(merchants.suspendedAt),
      ),
    )
    .orderBy(memberships.createdAt);
  const direct = own.find((row) => row.merchantId === wanted);
  if (direct || !wanted) {
    return direct ?? own[0];
  }
  const platformAdmin = own.some((row) => row.kind === "platform" && row.role === "admin");
  const [merchant] = platformAdmin
    ? await executor.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, wanted))
    : [];
  if (!merchant) {
    return own[0];
  }
  // An administrator of the platform who enters a merchant gets a place there, so that what they do has an author.
  await executor
    .insert(memberships)
    .values({ id: newId("agent"), userId, merchantId: wanted, role: "admin", visiting: true })
    .onConflictDoNothing();
  const [place] = await executor
    .select({ agentId: memberships.id, merchantId: memberships.merchantId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.merchantId, wanted), eq(memberships.disabled, false)));
  return place ?? own[0];
}

/**
 * The agent behind a session cookie.
 *
 * @param merchantId merchant the person chose to work for; ignored when it is not theirs
 * @returns undefined for a forged, expired or revoked session (password change and disabling raise the version)
 */
export async function agentFromSession(
  executor: Executor,
  sessionToken: string,
  merchantId: string | undefined,
): Promise<ActorOf<"agent"> | undefined> {
  return known.get(`${merchantId ?? ""}:${sessionToken}`, () => find(executor, sessionToken, merchantId));
}

async function find(
  executor: Executor,
  sessionToken: string,
  merchantId: string | undefined,
): Promise<ActorOf<"agent"> | undefined> {
  const token = await decode({ token: sessionToken, secret: env().AUTH_SECRET }).catch(() => null);
  const parsed = claims.safeParse(token);
  if (!parsed.success) {
    return undefined;
  }
  const [user] = await executor.select().from(users).where(eq(users.id, parsed.data.userId));
  if (!user || user.disabled || user.sessionVersion !== parsed.data.sessionVersion) {
    return undefined;
  }
  const place = await membershipFor(executor, user.id, merchantId);
  if (!place) {
    return undefined;
  }
  return {
    kind: "agent",
    userId: user.id,
    agentId: place.agentId,
    merchantId: place.merchantId,
    role: place.role,
    name: user.name,
  };
}
