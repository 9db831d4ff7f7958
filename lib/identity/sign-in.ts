import { and, count, eq, gt, sql } from "drizzle-orm";
import { loginAttempts, memberships, users } from "@/db/schema/identity";
import type { Context } from "@/lib/platform/context";
import { passwordMatches } from "./passwords";

/** Wrong passwords in the window before the account or the address has to wait. */
const ATTEMPTS_MAX = 10;
const WINDOW_MINUTES = 15;

export type SignIn =
  | {
      readonly kind: "signed_in";
      readonly userId: string;
      readonly name: string;
      readonly email: string;
      readonly sessionVersion: number;
    }
  | { readonly kind: "refused"; readonly reason: "invalid_credentials" | "locked" | "disabled" };

async function attempts(context: Context, column: "email" | "ip", value: string): Promise<number> {
  const since = new Date(context.now().getTime() - WINDOW_MINUTES * 60_000);
  const [row] = await context.db
    .select({ count: count() })
    .from(loginAttempts)
    .where(and(eq(loginAttempts[column], value), gt(loginAttempts.createdAt, since)));
  return row?.count ?? 0;
}

/**
 * Checks address and password.
 *
 * Failures are counted in the database per account and per network address, so neither a restart nor a second process
 * forgets them. Unknown account and wrong password answer alike, in the same time (T44). `disabled` is told only to
 * one who knows the password.
 */
export async function signIn(
  context: Context,
  credentials: { readonly email: string; readonly password: string },
): Promise<SignIn> {
  const email = credentials.email.trim().toLowerCase();
  const ip = context.ip ?? "unknown";
  if (
    (await attempts(context, "email", email)) >= ATTEMPTS_MAX ||
    (await attempts(context, "ip", ip)) >= ATTEMPTS_MAX * 5
  ) {
    return { kind: "refused", reason: "locked" };
  }
  const [user] = await context.db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  if (!(await passwordMatches(user?.passwordHash, credentials.password)) || !user) {
    await context.db.insert(loginAttempts).values({ email, ip });
    return { kind: "refused", reason: "invalid_credentials" };
  }
  const [place] = await context.db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, user.id), eq(memberships.disabled, false)))
    .limit(1);
  if (user.disabled || !place) {
    return { kind: "refused", reason: "disabled" };
  }
  await context.db.delete(loginAttempts).where(eq(loginAttempts.email, email));
  await context.db.update(users).set({ lastLoginAt: context.now() }).where(eq(users.id, user.id));
  return {
    kind: "signed_in",
    userId: user.id,
    name: user.name,
    email: user.email,
    sessionVersion: user.sessionVersion,
  };
}
