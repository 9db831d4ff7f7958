import { LRUCache } from "lru-cache";
import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/platform/env/env";

interface Bucket {
  tokens: number;
  at: number;
}

// In memory: a limit slows a flood down, it is no accounting. Several processes each allow the rate once.
const buckets = new LRUCache<string, Bucket>({ max: 50_000 });
const MINUTE_MS = 60_000;

/**
 * Takes one request from a caller's allowance, a bucket that refills evenly.
 *
 * @param key who and what, such as `cus_…:postVisitorMessage`
 * @param limit requests a minute (RATE_LIMIT_FACTOR multiplies it)
 * @throws AppError rate_limited with the seconds until the next one is allowed
 */
export function spend(key: string, limit: number, nowMs: number = Date.now()): void {
  const perMinute = limit * env().RATE_LIMIT_FACTOR;
  const bucket = buckets.get(key) ?? { tokens: perMinute, at: nowMs };
  bucket.tokens = Math.min(perMinute, bucket.tokens + ((nowMs - bucket.at) * perMinute) / MINUTE_MS);
  bucket.at = nowMs;
  buckets.set(key, bucket);
  if (bucket.tokens < 1) {
    const retryAfterSeconds = Math.ceil(((1 - bucket.tokens) * 60) / perMinute);
    throw new AppError("rate_limited", "rate_limited", { retryAfterSeconds });
  }
  bucket.tokens -= 1;
}
