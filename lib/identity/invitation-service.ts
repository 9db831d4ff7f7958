import { randomBytes } from "node:crypto";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { invitations, memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";
import { hashPassword, passwordMatches } from "./passwords";
import type { Role } from "./permissions";
import { merchantOf } from "./queries";

const LIFETIME_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly capacity: number;
  readonly expiresAt: string;
  readonly createdAt: string;
}

type Row = typeof invitations.$inferSelect;

function toInvitation(row: Row): Invitation {
  const { id, email, role, capacity, expiresAt, createdAt } = row;
  return { id, email, role, capacity, expiresAt: expiresAt.toISOString(), createdAt: createdAt.toISOString() };
}

/** Invitations of the caller's merchant that still wait, newest first. */
export async function listInvitations(context: Context): Promise<Invitation[]> {
  const rows = await context.db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.merchantId, merchantOf(context)),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, context.now()),
      ),
    )
    .orderBy(desc(invitations.createdAt))
    .limit(200);
  return rows.map(toInvitation);
}

/**
 * Invites a person by link; the link is shown once, only its hash is kept. An earlier one to the same address ends.
 *
 * @throws AppError conflict `already_member`
 */
export async function invite(
  context: Context,
  input: { readonly email: string; readonly role: Role; readonly capacity: number },
): Promise<{ invitation: Invitation; link: string }> {
  const merchantId = merchantOf(context);
  const email = input.email.trim().toLowerCase();
  const secret = randomBytes(24).toString("base64url");
  const id = newId("invitation", context.now());
  const row = await context.db.transaction(async (tx) => {
    const [member] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.merchantId, merchantId), eq(sql`lower(${users.email})`, email)));
    if (member) {
      throw new AppError("conflict", "already_member", { fields: [{ path: "email", reason: "already_member" }] });
    }
    await tx
      .delete(invitations)
      .where(and(eq(invitations.merchantId, merchantId), eq(invitations.email, email), isNull(invitations.acceptedAt)));
    const [made] = await tx
      .insert(invitations)
      .values({
        id,
        merchantId,
        email,
        role: input.role,
        capacity: input.capacity,
        tokenHash: sha256Hex(secret),
        invitedBy: context.actor.kind === "agent" ? context.actor.userId : null,
        expiresAt: new Date(context.now().getTime() + LIFETIME_DAYS * DAY_MS),
        createdAt: context.now(),
      })
      .returning();
    await record(tx, context, {
      action: "agent.invited",
      targetType: "invitation",
      targetId: id,
      after: { email, role: input.role },
    });
    return made;
  });
  if (!row) {
    throw new Error("the invitation was not written");
  }
  return { invitation: toInvitation(row), link: `${env().YINGDA_URL}/invite/${secret}` };
}

/** Takes an invitation back: its link works no longer. @throws AppError not_found */
export async function withdrawInvitation(context: Context, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const gone = await tx
      .delete(invitations)
      .where(
        and(eq(invitations.id, id), eq(invitations.merchantId, merchantOf(context)), isNull(invitations.acceptedAt)),
      )
      .returning({ email: invitations.email });
    if (gone.length === 0) {
      throw new AppError("not_found", "invitation_gone");
    }
    await record(tx, context, {
      action: "invitation.withdrawn",
      targetType: "invitation",
      targetId: id,
      before: gone[0],
    });
  });
}

/** What the page behind the link shows; undefined for a wrong, used, withdrawn or expired one. */
export async function openInvitation(
  context: Pick<Context, "db" | "now">,
  secret: string,
): Promise<{ email: string; role: Role; merchantName: string; hasAccount: boolean } | undefined> {
  const [row] = await context.db
    .select({
      email: invitations.email,
      role: invitations.role,
      merchantName: merchants.name,
      userId: users.id,
    })
    .from(invitations)
    .innerJoin(merchants, eq(merchants.id, invitations.merchantId))
    .leftJoin(users, eq(sql`lower(${users.email})`, invitations.email))
    .where(
      and(
        eq(invitations.tokenHash, sha256Hex(secret)),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, context.now()),
      ),
    );
  return row && { email: row.email, role: row.role, merchantName: row.merchantName, hasAccount: row.userId !== null };
}

async function accountFor(tx: Transaction, at: Date, email: string, input: { name: string; password: string }) {
  const [known] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email))
    .for("update");
  if (known) {
    // The link proves the invitation, not the person: who has an account already says its password.
    if (known.disabled || !(await passwordMatches(known.passwordHash, input.password))) {
      throw new AppError("invalid", "password_wrong", { fields: [{ path: "password", reason: "password_wrong" }] });
    }
    return known;
  }
  const [made] = await tx
    .insert(users)
    .values({ id: newId("user", at), email, name: input.name, passwordHash: await hashPassword(input.password) })
    .returning();
  return made;
}

/**
 * Accepts an invitation: makes the account (or joins an existing one, with its password) and the place at the merchant.
 * Two at once: one wins.
 *
 * @throws AppError not_found `invitation_gone`; invalid `password_wrong`
 */
export async function acceptInvitation(
  context: Context,
  input: { readonly token: string; readonly name: string; readonly password: string },
): Promise<{ email: string }> {
  return context.db.transaction(async (tx) => {
    const [taken] = await tx
      .update(invitations)
      .set({ acceptedAt: context.now() })
      .where(
        and(
          eq(invitations.tokenHash, sha256Hex(input.token)),
          isNull(invitations.acceptedAt),
          gt(invitations.expiresAt, context.now()),
        ),
      )
      .returning();
    if (!taken) {
      throw new AppError("not_found", "invitation_gone");
    }
    const user = await accountFor(tx, context.now(), taken.email, input);
    if (!user) {
      throw new Error("the account was not written");
    }
    const agentId = newId("agent", context.now());
    await tx
      .insert(memberships)
      .values({
        id: agentId,
        userId: user.id,
        merchantId: taken.merchantId,
        role: taken.role,
        capacity: taken.capacity,
      })
      .onConflictDoNothing();
    const actor = {
      kind: "agent",
      userId: user.id,
      agentId,
      merchantId: taken.merchantId,
      role: taken.role,
      name: user.name,
    } as const;
    await record(tx, { ...context, actor }, { action: "invitation.accepted", targetType: "agent", targetId: agentId });
    return { email: taken.email };
  });
}
