import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/identity";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { terminateUser } from "@/lib/platform/realtime/publish";
import { forgetRights } from "@/lib/platform/revocable-cache";
import { hashPassword, passwordMatches } from "./passwords";
import { forgetAgentCard } from "./queries";
import { newRecoveryCodes, recoveryHash } from "./second-step";
import { matchingStep, newTotpSecret, totpAddress } from "./totp";

type Own = Context<ActorOf<"agent">>;

async function ownUser(context: Own) {
  const [user] = await context.db.select().from(users).where(eq(users.id, context.actor.userId));
  if (!user) {
    throw new AppError("not_found", "account_not_found");
  }
  return user;
}

/** Whoever finds an open browser must not take the account: what matters asks for the password again. */
async function ownUserWith(context: Own, password: string, path: string) {
  const user = await ownUser(context);
  if (!(await passwordMatches(user.passwordHash, password))) {
    throw new AppError("invalid", "password_wrong", { fields: [{ path, reason: "password_wrong" }] });
  }
  return user;
}

/** Ends every session of the caller, here and elsewhere, live connections included. */
async function endSessions(context: Own): Promise<void> {
  forgetRights();
  terminateUser(context.actor.userId);
}

export interface OwnProfile {
  readonly name: string;
  readonly email: string;
  readonly locale: string | null;
  readonly avatarFileId: string | null;
  readonly secondStep: boolean;
  readonly recoveryCodesLeft: number;
}

/** What the page about oneself shows. */
export async function getOwnProfile(context: Own): Promise<OwnProfile> {
  const user = await ownUser(context);
  return {
    name: user.name,
    email: user.email,
    locale: user.locale,
    avatarFileId: user.avatarFileId,
    secondStep: user.totpSecret !== null,
    recoveryCodesLeft: user.recoveryCodes.length,
  };
}

/** Changes one's own name or picture (`null` takes the picture away). */
export async function changeOwnProfile(
  context: Own,
  change: { readonly name?: string | undefined; readonly avatarFileId?: string | null | undefined },
): Promise<void> {
  const before = await ownUser(context);
  await context.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({
        name: change.name ?? before.name,
        avatarFileId: change.avatarFileId === undefined ? before.avatarFileId : change.avatarFileId,
      })
      .where(eq(users.id, before.id));
    await record(tx, context, {
      action: "profile.updated",
      targetType: "user",
      targetId: before.id,
      before: { name: before.name, avatarFileId: before.avatarFileId },
      after: change,
    });
  });
  forgetAgentCard(context.actor.agentId);
  forgetRights();
}

/**
 * Sets one's own password and ends all sessions, this one too.
 *
 * @throws AppError invalid `password_wrong`
 */
export async function changeOwnPassword(context: Own, input: { current: string; password: string }): Promise<void> {
  const user = await ownUserWith(context, input.current, "current");
  const passwordHash = await hashPassword(input.password);
  await context.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, user.id));
    await record(tx, context, { action: "password.changed", targetType: "user", targetId: user.id });
  });
  await endSessions(context);
}

/** Signs the caller out everywhere. */
export async function signOutEverywhere(context: Own): Promise<void> {
  const { userId } = context.actor;
  await context.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId));
    await record(tx, context, { action: "sessions.ended", targetType: "user", targetId: userId });
  });
  await endSessions(context);
}

/** A secret for the authenticator app. Nothing is kept until a code proves that the app has it. */
export async function beginSecondStep(
  context: Own,
  issuer: string,
): Promise<{ secret: string; address: string; setup: string }> {
  const { email } = await ownUser(context);
  const secret = newTotpSecret();
  return { secret, address: totpAddress(secret, email, issuer), setup: seal(`${context.actor.userId} ${secret}`) };
}

function secretOf(context: Own, setup: string): string {
  try {
    const [userId, secret] = unseal(setup).split(" ");
    if (userId === context.actor.userId && secret) {
      return secret;
    }
  } catch {
    // Sealed by nobody we know: refused like one of somebody else.
  }
  throw new AppError("invalid", "invalid_request");
}

/**
 * Switches the second step on once the app's code is right.
 *
 * @returns recovery codes, shown this once; only their hashes are kept
 * @throws AppError invalid `totp_wrong`
 */
export async function confirmSecondStep(
  context: Own,
  input: { readonly setup: string; readonly code: string },
): Promise<{ recoveryCodes: string[] }> {
  const secret = secretOf(context, input.setup);
  const step = matchingStep(secret, input.code.replace(/\s/g, ""), context.now(), null);
  if (step === undefined) {
    throw new AppError("invalid", "totp_wrong", { fields: [{ path: "code", reason: "totp_wrong" }] });
  }
  const recoveryCodes = newRecoveryCodes();
  const { userId } = context.actor;
  await context.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ totpSecret: seal(secret), totpLastStep: step, recoveryCodes: recoveryCodes.map(recoveryHash) })
      .where(eq(users.id, userId));
    await record(tx, context, { action: "second_step.enabled", targetType: "user", targetId: userId });
  });
  return { recoveryCodes };
}

/** Switches the second step off. @throws AppError invalid `password_wrong` */
export async function removeSecondStep(context: Own, input: { readonly password: string }): Promise<void> {
  const user = await ownUserWith(context, input.password, "password");
  await context.db.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ totpSecret: null, totpLastStep: null, recoveryCodes: [] })
      .where(eq(users.id, user.id));
    await record(tx, context, { action: "second_step.disabled", targetType: "user", targetId: user.id });
  });
}
