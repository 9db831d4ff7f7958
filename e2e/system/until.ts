import { setInterval } from "node:timers/promises";

/**
 * Waits until something holds, asking again and again; for helpers that several test runners use.
 *
 * @param timeout after which it gives up, in milliseconds
 * @param interval between two askings, in milliseconds
 * @throws Error when it did not come to hold in time
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { timeout, interval = 20 }: { timeout: number; interval?: number },
): Promise<void> {
  const end = Date.now() + timeout;
  for await (const _ of setInterval(interval)) {
    if (await holds()) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`did not come to hold within ${timeout} ms: ${holds}`);
    }
  }
}
