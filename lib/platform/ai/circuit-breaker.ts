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

  /** @param restMs how long the service itself wants to be left alone: nobody asks it before */
  failed(restMs?: number): void {
    this.failures = restMs === undefined ? this.failures + 1 : Math.max(this.failures + 1, FAILURES);
    this.trying = false;
    this.openUntil = this.clock() + (restMs ?? OPEN_MS);
  }

  /** Seconds until it is tried again; 0 while it is asked as usual. */
  get restSeconds(): number {
    const left = this.openUntil - this.clock();
    return this.failures >= FAILURES && left > 0 ? Math.ceil(left / 1_000) : 0;
  }

  /** Nothing was learnt: the caller gave up. */
  abandoned(): void {
    this.trying = false;
  }
}

const SHARED = Symbol.for("yingda.ai.breakers");

/**
 * The process's breaker of a provider; changed settings are a new provider. On `globalThis`, because pages and jobs
 * are separate module graphs (architecture.md section 4).
 */
export function breakerOf(providerId: string, version: number): CircuitBreaker {
  const shared = globalThis as { [SHARED]?: Map<string, { version: number; breaker: CircuitBreaker }> };
  shared[SHARED] ??= new Map();
  const known = shared[SHARED].get(providerId);
  if (known?.version === version) {
    return known.breaker;
  }
  const breaker = new CircuitBreaker();
  shared[SHARED].set(providerId, { version, breaker });
  return breaker;
}
