import { and, desc, eq, isNull } from "drizzle-orm";
import { apiKeys, users } from "@/db/schema/identity";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { forgetRights } from "@/lib/platform/revocable-cache";
import type { ApiKey } from "./api-key-contracts";

type Admin = Context<ActorOf<"agent">>;

/** The merchant's keys, newest first; of the secrets only how they begin. */
export async function listApiKeys(context: Admin): Promise<ApiKey[]> {
  const rows = await context.db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      createdBy: users.name,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(eq(apiKeys.merchantId, context.actor.merchantId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/**
 * Revokes a key for good; revoking a revoked one changes nothing. No process takes it any more.
 *
 * @throws AppError not_found
 */
export async function revokeApiKey(context: Admin, id: string): Promise<void> {
  const { merchantId } = context.actor;
  await context.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ name: apiKeys.name, revokedAt: apiKeys.revokedAt })
      .from(apiKeys)
      .where(and(eq(apiKeys.id, id), eq(apiKeys.merchantId, merchantId)));
    if (!row) {
      throw new AppError("not_found", "api_key_not_found");
    }
    const revoked = await tx
      .update(apiKeys)
      .set({ revokedAt: context.now() })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked.length > 0) {
      await record(tx, context, {
        action: "api_key.revoked",
        targetType: "api_key",
        targetId: id,
        before: { name: row.name },
      });
    }
  });
  forgetRights();
}
