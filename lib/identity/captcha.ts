import { randomInt } from "node:crypto";
import { z } from "zod";
import { newId } from "@/lib/core/ids";
import { hmacHex, readToken, signToken } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";
import { sharedCache } from "@/lib/platform/shared-cache";

const LIFETIME_SECONDS = 300;
const claims = z.object({ id: z.string(), hash: z.string() });
// Each challenge counts once; in memory, for it slows down and the lock-out after ten tries is what stops.
const used = sharedCache<{ readonly used: true }>("captcha-used", 20_000, LIFETIME_SECONDS * 1_000);

export interface Challenge {
  /** Two numbers to add, in words of the reader's language by the caller: text, so that a screen reader can read it. */
  readonly first: number;
  readonly second: number;
  /** Goes back with the answer. */
  readonly token: string;
}

function answerHash(id: string, answer: string): string {
  return hmacHex(env().SIGNING_SECRET, `captcha:${id}:${answer}`);
}

/** A question for a person who mistyped a password three times (features.md P5). */
export function newChallenge(now: Date): Challenge {
  const id = newId("client", now);
  const [first, second] = [randomInt(3, 20), randomInt(3, 20)];
  const hash = answerHash(id, String(first + second));
  return { first, second, token: signToken("captcha", { id, hash }, LIFETIME_SECONDS, now) };
}

/** True when it answers the challenge for the first time. */
export function challengeAnswered(token: string, answer: string, now: Date): boolean {
  const claim = readToken("captcha", token, claims, now);
  if (!claim || used.has(claim.id)) {
    return false;
  }
  used.set(claim.id, { used: true });
  return answerHash(claim.id, answer.trim()) === claim.hash;
}
