/** At most `limit` happenings in any second; remembers only the last `limit` times. */
export class SlidingSecond {
  readonly #times: Float64Array;
  #next = 0;

  constructor(limit: number) {
    this.#times = new Float64Array(Math.max(1, limit)).fill(Number.NEGATIVE_INFINITY);
  }

  /** @param now monotonic milliseconds. @returns false when this one is one too many; it is then not counted */
  take(now: number): boolean {
    const oldest = this.#times[this.#next] ?? 0;
    if (now - oldest < 1_000) {
      return false;
    }
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.#times.length;
    return true;
  }
}

/** A burst that refills steadily: what one socket may make the server read. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    now: number,
  ) {
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /** @param now monotonic milliseconds. @returns false when the bucket is empty */
  take(now: number): boolean {
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#filledAt) / 1_000) * this.perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) {
      return false;
    }
    this.#tokens -= 1;
    return true;
  }
}
