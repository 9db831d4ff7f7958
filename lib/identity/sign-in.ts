import { and, count, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { loginAttempts, memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { storable } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import { challengeAnswered } from "./captcha";
import { passwordMatches } from "./passwords";
import { takeSecondStep } from "./second-step";

/** Wrong passwords in the window before the account or the address has to wait. */
export const ATTEMPTS_MAX = 10;
/** Wrong passwords before a question has to be answered as well. */
const ATTEMPTS_FREE = 3;
export const WINDOW_MINUTES = 15;

export type SignIn =
  | {
      readonly kind: "signed_in";
      readonly userId: string;
      readonly name: string;
      readonly email: string;
      readonly sessionVersion: number;
    }
  | { readonly kind: "refused"; readonly reason: SignInRefusal };

export type SignInRefusal =
  | "invalid_credentials"
  | "locked"
  | "disabled"
  | "captcha_required"
  | "captcha_invalid"
  | "totp_required"
  | "totp_invalid";

export interface SignInCredentials {
  readonly email: string;
  readonly password: string;
  /** Code of the authenticator app, or a recovery code; empty until it is asked for. */
  readonly totp?: string | undefined;
  /** Answer to a challenge (captcha.ts) and the token that came with it. */
  readonly captcha?: string | undefined;
  readonly captchaToken?: string | undefined;
}

interface Attempt {
  readonly id: number;
  readonly email: string;
  readonly ip: string;
  /** Failures of this account and of this address that still count. */
  readonly before: number;
}

/** Failures in the window that were written down before this attempt. */
async function earlier(context: Context, attempt: Omit<Attempt, "before">, column: "email" | "ip"): Promise<number> {
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
  const [ofAccount, ofAddress] = [await earlier(context, attempt, "email"), await earlier(context, attempt, "ip")];
  if (ofAccount < ATTEMPTS_MAX && ofAddress < ATTEMPTS_MAX * 5) {
    return { ...attempt, before: Math.max(ofAccount, Math.floor(ofAddress / 5)) };
  }
  await context.db.delete(loginAttempts).where(eq(loginAttempts.id, attempt.id));
  return undefined;
}

/** Takes an attempt back that was no wrong password. */
async function forget(context: Context, attempt: Attempt): Promise<void> {
  await context.db.delete(loginAttempts).where(eq(loginAttempts.id, attempt.id));
}

/** What is still to be said about the question; undefined when it was answered. */
function questionOpen(context: Context, credentials: SignInCredentials): SignInRefusal | undefined {
  const { captcha, captchaToken } = credentials;
  if (!captcha || !captchaToken) {
    return "captcha_required";
  }
  return challengeAnswered(captchaToken, captcha, context.now()) ? undefined : "captcha_invalid";
}

/**
 * Checks address and password, after three failures also the answer to a question, and the second step where the
 * account has one.
 *
 * Failures are counted in the database per account and per network address, so neither a restart nor a second process
 * forgets them. Unknown account and wrong password answer alike, in the same time (T44). `disabled` is told only to
 * one who knows the password.
 */
export async function signIn(context: Context, credentials: SignInCredentials): Promise<SignIn> {
  const email = storable(credentials.email).trim().toLowerCase();
  const attempt = await begin(context, email);
  if (!attempt) {
    return { kind: "refused", reason: "locked" };
  }
  const unanswered = attempt.before >= ATTEMPTS_FREE ? questionOpen(context, credentials) : undefined;
  if (unanswered) {
    await forget(context, attempt);
    return { kind: "refused", reason: unanswered };
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
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(
      and(
        eq(memberships.userId, user.id),
        eq(memberships.disabled, false),
        eq(memberships.visiting, false),
        isNull(merchants.suspendedAt),
      ),
    )
    .limit(1);
  if (user.disabled || !place) {
    await forget(context, attempt);
    return { kind: "refused", reason: "disabled" };
  }
  if (user.totpSecret !== null && !credentials.totp) {
    // The password was right: asking for the second step is no failure.
    await forget(context, attempt);
    return { kind: "refused", reason: "totp_required" };
  }
  if (!(await takeSecondStep(context.db, user, credentials.totp ?? "", context.now()))) {
    return { kind: "refused", reason: "totp_invalid" };
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
