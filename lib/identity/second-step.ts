import { randomInt } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { users } from "@/db/schema/identity";
import { unseal } from "@/lib/platform/crypto/seal";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { matchingStep } from "./totp";

const READABLE = "23456789abcdefghjkmnpqrstuvwxyz";
const CODES = 10;
const CODE_LENGTH = 10;

/** Ten codes to keep on paper, each good once instead of the app: about 49 bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => {
    const letters = Array.from({ length: CODE_LENGTH }, () => READABLE.charAt(randomInt(READABLE.length))).join("");
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });
}

/** What is stored of a recovery code; hyphens, spaces and capitals do not matter when it is typed. */
export function recoveryHash(code: string): string {
  return sha256Hex(code.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

type User = Pick<typeof users.$inferSelect, "id" | "totpSecret" | "totpLastStep" | "recoveryCodes">;

/**
 * Takes the code of the second step: the app's, or a recovery code, each at most once however many try at once.
 *
 * @returns false for a wrong or used one
 */
export async function takeSecondStep(executor: Executor, user: User, code: string, at: Date): Promise<boolean> {
  if (user.totpSecret === null) {
    return true;
  }
  const typed = code.replace(/\s/g, "");
  if (/^\d{6}$/.test(typed)) {
    const step = matchingStep(unseal(user.totpSecret), typed, at, user.totpLastStep);
    if (step === undefined) {
      return false;
    }
    const taken = await executor
      .update(users)
      .set({ totpLastStep: step })
      .where(and(eq(users.id, user.id), sql`coalesce(${users.totpLastStep}, 0) < ${step}`))
      .returning({ id: users.id });
    return taken.length === 1;
  }
  const hash = recoveryHash(typed);
  const struck = await executor
    .update(users)
    .set({ recoveryCodes: sql`array_remove(${users.recoveryCodes}, ${hash})` })
    .where(and(eq(users.id, user.id), sql`${hash} = any(${users.recoveryCodes})`))
    .returning({ id: users.id });
  return struck.length === 1;
}
