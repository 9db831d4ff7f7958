/** Longest that an event is tried, from when it happened. */
const TRIED_FOR_MS = 24 * 3_600_000;
const FIRST_DELAY_MS = 5_000;
const GROWTH = 3;
const LONGEST_DELAY_MS = 4 * 3_600_000;
/** Share of a delay by which it varies, so that endpoints that were down are not met by everybody at once. */
const JITTER = 0.2;

/**
 * When an event that could not be delivered is tried again: after 5 s, 15 s, 45 s … at most every four hours, for 24
 * hours; some 13 tries (reliability.md section 1, as Stripe does).
 *
 * @param attempts tries so far, at least 1
 * @param random between 0 and 1
 * @returns undefined when its time is over
 */
export function nextAttempt(
  event: { readonly attempts: number; readonly createdAt: Date },
  now: Date,
  random: number = Math.random(),
): Date | undefined {
  const delay = Math.min(FIRST_DELAY_MS * GROWTH ** (event.attempts - 1), LONGEST_DELAY_MS);
  const at = now.getTime() + delay * (1 - JITTER + 2 * JITTER * random);
  return at > event.createdAt.getTime() + TRIED_FOR_MS ? undefined : new Date(at);
}
