/** Failures in a row that open the circuit, and how long it stays open. */
const FAILURES = 3;
const OPEN_MS = 30_000;

/**
 * Keeps callers away from a service that fails: after three failures in a row nobody waits for it for half a minute,
 * then one call tries. Per process; several processes each learn it themselves.
 */
export class CircuitBreaker {
  private failures = 0;
  private openUntil = 0;
  private trying = false;

  /** @param clock milliseconds that only grow */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** True when a call may be made now; after an open time only the first one may, until it has succeeded or failed. */
  allows(): boolean {
    if (this.failures < FAILURES) {
      return true;
    }
    if (this.trying || this.clock() < this.openUntil) {
      return false;
    }
    this.trying = true;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.trying = false;
  }

  failed(): void {
    this.failures += 1;
    this.trying = false;
    this.openUntil = this.clock() + OPEN_MS;
  }

  /** Nothing was learnt: the caller gave up. */
  abandoned(): void {
    this.trying = false;
  }
}
