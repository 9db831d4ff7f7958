import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/operations";
import { AppError } from "@/lib/core/errors";
import { seal, unseal } from "@/lib/platform/crypto/seal";
import { sha256Hex } from "@/lib/platform/crypto/sign";

const KEY = /^[\w-]{8,128}$/;

/**
 * Runs a request that carries an Idempotency-Key once: a retry with the same key and body gets the first answer, one
 * with another body is refused.
 *
 * @throws AppError invalid `idempotency_key_invalid`; conflict `idempotency_key_reused` | `idempotency_in_progress`
 */
export async function once(
  db: Database,
  request: { readonly actorKey: string; readonly key: string; readonly content: string },
  run: () => Promise<{ status: number; body: unknown }>,
): Promise<{ status: number; body: unknown }> {
  if (!KEY.test(request.key)) {
    throw new AppError("invalid", "idempotency_key_invalid");
  }
  const where = and(eq(idempotencyKeys.actorKey, request.actorKey), eq(idempotencyKeys.key, request.key));
  const requestHash = sha256Hex(request.content);
  const [taken] = await db
    .insert(idempotencyKeys)
    .values({ actorKey: request.actorKey, key: request.key, requestHash })
    .onConflictDoNothing()
    .returning();
  if (!taken) {
    const [first] = await db.select().from(idempotencyKeys).where(where);
    if (first && first.requestHash !== requestHash) {
      throw new AppError("conflict", "idempotency_key_reused");
    }
    if (!first?.status) {
      throw new AppError("conflict", "idempotency_in_progress", { retryAfterSeconds: 1 });
    }
    return { status: first.status, body: JSON.parse(unseal(String(first.response))) };
  }
  try {
    const answer = await run();
    // Sealed, because an answer may hold what is shown once only: a first password, a visitor's token (T48).
    const response = seal(JSON.stringify(answer.body));
    await db.update(idempotencyKeys).set({ status: answer.status, response }).where(where);
    return answer;
  } catch (error) {
    // A failed run may be tried again with the same key: nothing of it was stored.
    await db.delete(idempotencyKeys).where(where);
    throw error;
  }
}
