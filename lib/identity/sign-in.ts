import { and, count, eq, gt, lt, sql } from "drizzle-orm";
import { loginAttempts, memberships, users } from "@/db/schema/identity";
import { storable } from "@/lib/core/text";
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

interface Attempt {
  readonly id: number;
  readonly email: string;
  readonly ip: string;
}

/** Failures in the window that were written down before this attempt. */
async function earlier(context: Context, attempt: Attempt, column: "email" | "ip"): Promise<number> {
  const since = new Date(context.now().getTime() - WINDOW_MINUTES * 60_000);
  const [row] = await context.db
    .select({ count: count() })
    .from(loginAttempts)
    .where(
      and(
        eq(loginAttempts[column], attempt[column]),
        gt(loginAttempts.createdAt, since),
        lt(loginAttempts.id, attempt.id),
      ),
    );
  return row?.count ?? 0;
}

/**
 * Writes the attempt down as a failure before anything is checked; who gets in has it struck out. Counted only
 * afterwards, a hundred tries at once would all find a clean sheet, for a password takes its time to check.
 *
 * @returns undefined when the account or the address has to wait; such a try does not make the wait longer
 */
async function begin(context: Context, email: string): Promise<Attempt | undefined> {
  const ip = context.ip ?? "unknown";
  const [row] = await context.db
    .insert(loginAttempts)
    .values({ email, ip, createdAt: context.now() })
    .returning({ id: loginAttempts.id });
  const attempt = { id: row?.id ?? 0, email, ip };
  if (
    (await earlier(context, attempt, "email")) < ATTEMPTS_MAX &&
    (await earlier(context, attempt, "ip")) < ATTEMPTS_MAX * 5
  ) {
    return attempt;
  }
  await context.db.delete(loginAttempts).where(eq(loginAttempts.id, attempt.id));
  return undefined;
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
  const email = storable(credentials.email).trim().toLowerCase();
  const attempt = await begin(context, email);
  if (!attempt) {
    return { kind: "refused", reason: "locked" };
  }
  const [user] = await context.db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  if (!(await passwordMatches(user?.passwordHash, credentials.password)) || !user) {
    return { kind: "refused", reason: "invalid_credentials" };
  }
  const [place] = await context.db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, user.id), eq(memberships.disabled, false), eq(memberships.visiting, false)))
    .limit(1);
  if (user.disabled || !place) {
    await context.db.delete(loginAttempts).where(eq(loginAttempts.id, attempt.id));
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
