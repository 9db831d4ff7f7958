import { eq, sql } from "drizzle-orm";
import { memberships, users } from "@/db/schema/identity";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { terminateUser } from "@/lib/platform/realtime/publish";
import { forgetRights } from "@/lib/platform/revocable-cache";
import { generatePassword, hashPassword } from "./passwords";
import { merchantOf } from "./queries";
import { agentInput, password as passwordSchema } from "./schema";

export interface AccountInput {
  readonly email: string;
  readonly name?: string | undefined;
  /** Generated when not given. */
  readonly password?: string | undefined;
}

export interface AccountResult {
  readonly email: string;
  readonly password: string;
}

function checked(input: AccountInput): AccountResult {
  const email = agentInput.shape.email.safeParse(input.email.trim().toLowerCase());
  if (!email.success) {
    throw new AppError("invalid", "invalid_email");
  }
  const password = input.password ?? generatePassword();
  if (!passwordSchema.safeParse(password).success) {
    throw new AppError("invalid", "password_too_short");
  }
  return { email: email.data, password };
}

/**
 * Makes an administrator of the context's merchant from the machine's own command line; a known address becomes
 * administrator and keeps its password unless one is given.
 *
 * @throws AppError invalid `invalid_email` | `password_too_short`
 */
export async function createAdmin(context: Context, input: AccountInput): Promise<AccountResult> {
  const { email, password } = checked(input);
  const passwordHash = await hashPassword(password);
  await context.db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: users.id })
      .from(users)
      .where(eq(sql`lower(${users.email})`, email))
      .for("update");
    const userId = known?.id ?? newId("user", context.now());
    if (known) {
      await tx
        .update(users)
        .set({ passwordHash, disabled: false, sessionVersion: sql`${users.sessionVersion} + 1` })
        .where(eq(users.id, userId));
    } else {
      await tx
        .insert(users)
        .values({ id: userId, email, name: input.name?.trim() || email.split("@")[0] || email, passwordHash });
    }
    await tx
      .insert(memberships)
      .values({ id: newId("agent", context.now()), userId, merchantId: merchantOf(context), role: "admin" })
      .onConflictDoUpdate({
        target: [memberships.userId, memberships.merchantId],
        set: { role: "admin", disabled: false, visiting: false },
      });
    await record(tx, context, { action: "admin.created", targetType: "user", targetId: userId, after: { email } });
  });
  return { email, password };
}

/** Sets a person's password and ends their sessions everywhere. @throws AppError not_found `account_not_found`; as createAdmin */
export async function changePassword(context: Context, input: AccountInput): Promise<AccountResult> {
  const { email, password } = checked(input);
  const passwordHash = await hashPassword(password);
  const userId = await context.db.transaction(async (tx) => {
    const [changed] = await tx
      .update(users)
      .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(sql`lower(${users.email})`, email))
      .returning({ id: users.id });
    if (!changed) {
      throw new AppError("not_found", "account_not_found");
    }
    await record(tx, context, { action: "password.changed", targetType: "user", targetId: changed.id });
    return changed.id;
  });
  forgetRights();
  terminateUser(userId);
  return { email, password };
}
