const FIRST_MS = 600;
const LONGEST_MS = 20_000;

/**
 * How long to wait before trying again: doubling, with a random half so that visitors who lost the same server do not
 * come back in the same instant.
 *
 * @param attempt number of tries that failed, from 1
 * @param random 0–1
 * @param retryAfterSeconds what the server asked for; never undercut
 */
export function backOff(attempt: number, random: number, retryAfterSeconds?: number): number {
  const full = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  return Math.max(full / 2 + (full / 2) * random, (retryAfterSeconds ?? 0) * 1_000);
}

/** True when the same request may go through later: no answer, too many requests, or the server's own trouble. */
export function isPassing(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
