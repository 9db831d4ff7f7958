import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { apiKeys } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf } from "@/lib/core/actor";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { revocableCache } from "@/lib/platform/revocable-cache";

const known = revocableCache<ActorOf<"key">>("api-keys", 500);

/** So often at most it is written down that a key was used: a busy one would wait for its own row otherwise. */
const NOTED_EVERY_MS = 60_000;

async function find(executor: Executor, hash: string): Promise<ActorOf<"key"> | undefined> {
  const [row] = await executor
    .select({ id: apiKeys.id, merchantId: apiKeys.merchantId, scopes: apiKeys.scopes, name: apiKeys.name })
    .from(apiKeys)
    .innerJoin(merchants, eq(merchants.id, apiKeys.merchantId))
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt), isNull(merchants.suspendedAt)));
  if (!row) {
    return undefined;
  }
  const now = new Date();
  const old = new Date(now.getTime() - NOTED_EVERY_MS);
  await executor
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, row.id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, old))));
  return { kind: "key", keyId: row.id, merchantId: row.merchantId, scopes: row.scopes, name: row.name };
}

/** The key's actor; undefined for an unknown or revoked key. Looked up by hash, so timing tells nothing of the secret. */
export async function actorFromApiKey(executor: Executor, secret: string): Promise<ActorOf<"key"> | undefined> {
  if (!secret.startsWith("yd_")) {
    return undefined;
  }
  const hash = sha256Hex(secret);
  return known.get(hash, () => find(executor, hash));
}
