import { randomBytes } from "node:crypto";
import { and, count, eq, ne, or, sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { apiKeys, loginAttempts, memberships, users } from "@/db/schema/identity";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish, terminateUser } from "@/lib/platform/realtime/publish";
import { forgetRights } from "@/lib/platform/revocable-cache";
import { generatePassword, hashPassword } from "./passwords";
import { forgetAgentCard, getAgent, merchantOf } from "./queries";
import type { Agent, Presence } from "./schema";

/** Sets the caller's own presence. Going online wakes the dispatcher through the fact. */
export async function setPresence(context: Context<ActorOf<"agent">>, status: Presence): Promise<void> {
  const { agentId, merchantId } = context.actor;
  const changed = await context.db.transaction(async (tx) => {
    const rows = await tx
      .update(memberships)
      .set({
        presence: status,
        presenceAuto: false,
        presenceChangedAt: context.now(),
        lastSeenAt: context.now(),
        // Chosen by hand: idleness counts from now. Stays empty for who has no desk that tells.
        lastActiveAt: sql`case when ${memberships.lastActiveAt} is null then null else ${context.now().toISOString()}::timestamptz end`,
      })
      .where(and(eq(memberships.id, agentId), or(ne(memberships.presence, status), memberships.presenceAuto)))
      .returning({ id: memberships.id });
    if (rows.length > 0) {
      await emit(tx, { merchantId, at: context.now() }, "agent.presence_changed", { agentId, status });
    }
    return rows.length > 0;
  });
  if (changed) {
    publish([realtimeChannel.desk(merchantId)], "agent.presence", { agentId, status });
  }
}

export interface NewAgent {
  readonly name: string;
  readonly email: string;
  readonly role: Agent["role"];
  readonly capacity: number;
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly password?: string | undefined;
}

/**
 * Adds a person to the caller's merchant.
 *
 * @returns the agent, and the generated password when none was given; it is shown once and stored only as a hash
 * @throws AppError conflict `email_taken`
 */
export async function createAgent(
  context: Context,
  input: NewAgent,
): Promise<{ agent: Agent; password: string | null }> {
  const merchantId = merchantOf(context);
  const password = input.password ?? generatePassword();
  const passwordHash = await hashPassword(password);
  const agentId = newId("agent", context.now());
  try {
    await context.db.transaction(async (tx) => {
      const userId = newId("user", context.now());
      await tx
        .insert(users)
        .values({ id: userId, email: input.email.trim().toLowerCase(), name: input.name, passwordHash });
      await tx.insert(memberships).values({
        id: agentId,
        userId,
        merchantId,
        role: input.role,
        capacity: input.capacity,
        skills: [...input.skills],
        languages: [...input.languages],
      });
      const { password: _, ...after } = input;
      await record(tx, context, { action: "agent.created", targetType: "agent", targetId: agentId, after });
    });
  } catch (error) {
    throw isUniqueViolation(error)
      ? new AppError("conflict", "email_taken", { fields: [{ path: "email", reason: "email_taken" }] })
      : error;
  }
  return { agent: await getAgent(context, agentId), password: input.password ? null : password };
}

/** An administrator must remain: the merchant would be locked out of its own console otherwise. */
async function refuseLastAdmin(tx: Transaction, merchantId: string, agentId: string): Promise<void> {
  // All admin rows are locked, in one order, so that two admins demoting each other at once cannot both succeed.
  await rowsOf(
    tx,
    sql`select id from memberships where merchant_id = ${merchantId} and role = 'admin' order by id for update`,
  );
  const [others] = await tx
    .select({ count: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.merchantId, merchantId),
        eq(memberships.role, "admin"),
        eq(memberships.disabled, false),
        eq(memberships.visiting, false),
        eq(users.disabled, false),
        ne(memberships.id, agentId),
      ),
    );
  if ((others?.count ?? 0) === 0) {
    throw new AppError("conflict", "last_admin");
  }
}

/**
 * Name and password belong to the person, not to their place here: who also works elsewhere (an administrator of the
 * platform who came to help, say) would have their whole account taken by a merchant's administrator.
 */
async function refuseAccountElsewhere(tx: Transaction, context: Context, merchantId: string, userId: string) {
  const actingUser = context.actor.kind === "agent" ? context.actor.userId : null;
  const [found] = await rowsOf<{ elsewhere: boolean }>(
    tx,
    sql`select exists (select 1 from memberships where user_id = ${userId} and merchant_id <> ${merchantId})
      and not exists (
        select 1 from memberships m join merchants on merchants.id = m.merchant_id
        where m.user_id = ${actingUser} and merchants.kind = 'platform' and m.role = 'admin'
          and not m.disabled and not m.visiting
      ) as elsewhere`,
  );
  if (found?.elsewhere && actingUser !== userId) {
    throw new AppError("forbidden", "account_elsewhere");
  }
}

export type AgentChange = {
  readonly [Key in keyof Omit<NewAgent, "email">]?: NewAgent[Key] | undefined;
} & { readonly disabled?: boolean | undefined };

/**
 * Changes an agent of the caller's merchant. Disabling and a new password end the person's sessions at once.
 *
 * @throws AppError not_found; conflict `last_admin`; forbidden `account_elsewhere`
 */
export async function updateAgent(context: Context, id: string, change: AgentChange): Promise<Agent> {
  const merchantId = merchantOf(context);
  const before = await getAgent(context, id);
  const passwordHash = change.password ? await hashPassword(change.password) : undefined;
  await context.db.transaction(async (tx) => {
    const losesAdmin =
      before.role === "admin" && (change.disabled === true || (change.role !== undefined && change.role !== "admin"));
    if (losesAdmin) {
      await refuseLastAdmin(tx, merchantId, id);
    }
    if (passwordHash || (change.name && change.name !== before.name)) {
      await refuseAccountElsewhere(tx, context, merchantId, before.userId);
    }
    await tx
      .update(memberships)
      .set({
        ...(change.role && { role: change.role }),
        ...(change.capacity !== undefined && { capacity: change.capacity }),
        ...(change.skills && { skills: [...change.skills] }),
        ...(change.languages && { languages: [...change.languages] }),
        ...(change.disabled !== undefined && { disabled: change.disabled }),
        ...(change.disabled && { presence: "offline" as const, presenceChangedAt: context.now() }),
        // Always one column, so that a change of the name alone is still a valid statement.
        merchantId,
      })
      .where(and(eq(memberships.id, id), eq(memberships.merchantId, merchantId)));
    const endSessions =
      change.disabled === true ||
      passwordHash !== undefined ||
      (change.role !== undefined && change.role !== before.role);
    await tx
      .update(users)
      .set({
        ...(change.name && { name: change.name }),
        ...(passwordHash && { passwordHash }),
        sessionVersion: endSessions ? sql`${users.sessionVersion} + 1` : sql`${users.sessionVersion}`,
      })
      .where(eq(users.id, before.userId));
    const { password: _, ...after } = change;
    await record(tx, context, {
      action: change.disabled ? "agent.disabled" : "agent.updated",
      targetType: "agent",
      targetId: id,
      before,
      after,
    });
    await emit(tx, { merchantId, at: context.now() }, "agent.presence_changed", { agentId: id, status: "changed" });
  });
  forgetAgentCard(id);
  forgetRights();
  if (change.disabled || passwordHash || change.role) {
    terminateUser(before.userId);
  }
  return getAgent(context, id);
}

/** Opens an account at once that too many wrong passwords have locked. @throws AppError not_found */
export async function unlockAgent(context: Context, id: string): Promise<void> {
  const agent = await getAgent(context, id);
  await context.db.transaction(async (tx) => {
    await tx.delete(loginAttempts).where(eq(loginAttempts.email, agent.email.toLowerCase()));
    await record(tx, context, { action: "agent.unlocked", targetType: "agent", targetId: id });
  });
}

/** Makes an API key for the caller's merchant. @returns the key itself; only its hash is kept */
export async function createApiKey(context: Context, name: string, scopes: readonly string[]): Promise<string> {
  const secret = `yd_${randomBytes(24).toString("base64url")}`;
  await context.db.transaction(async (tx) => {
    const id = newId("apiKey", context.now());
    await tx.insert(apiKeys).values({
      id,
      merchantId: merchantOf(context),
      name,
      prefix: secret.slice(0, 8),
      hash: sha256Hex(secret),
      scopes: [...scopes],
      createdBy: context.actor.kind === "agent" ? context.actor.userId : null,
    });
    await record(tx, context, {
      action: "api_key.created",
      targetType: "api_key",
      targetId: id,
      after: { name, scopes },
    });
  });
  return secret;
}
