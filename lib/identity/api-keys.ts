import { and, eq, isNull, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Executor } from "@/db/client";
import { apiKeys } from "@/db/schema/identity";
import type { ActorOf } from "@/lib/core/actor";
import { sha256Hex } from "@/lib/platform/crypto/sign";

const CACHE_MS = 5_000;
const known = new LRUCache<string, ActorOf<"key">>({ max: 500, ttl: CACHE_MS });

/** The key's actor; undefined for an unknown or revoked key. Looked up by hash, so timing tells nothing of the secret. */
export async function actorFromApiKey(executor: Executor, secret: string): Promise<ActorOf<"key"> | undefined> {
  if (!secret.startsWith("yd_")) {
    return undefined;
  }
  const hash = sha256Hex(secret);
  const cached = known.get(hash);
  if (cached) {
    return cached;
  }
  const [row] = await executor
    .update(apiKeys)
    .set({ lastUsedAt: new Date() })
    .where(
      and(
        eq(apiKeys.hash, hash),
        isNull(apiKeys.revokedAt),
        sql`not exists (select 1 from merchants m where m.id = ${apiKeys.merchantId} and m.suspended_at is not null)`,
      ),
    )
    .returning({ id: apiKeys.id, merchantId: apiKeys.merchantId, scopes: apiKeys.scopes, name: apiKeys.name });
  if (!row) {
    return undefined;
  }
  const actor: ActorOf<"key"> = {
    kind: "key",
    keyId: row.id,
    merchantId: row.merchantId,
    scopes: row.scopes,
    name: row.name,
  };
  known.set(hash, actor);
  return actor;
}

/** Forgets whom keys stand for, after one was revoked. */
export function forgetApiKeys(): void {
  known.clear();
}
