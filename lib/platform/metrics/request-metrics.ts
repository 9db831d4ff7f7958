/** Upper bounds of the latency buckets, in seconds. */
export const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

export interface RequestSeries {
  readonly operation: string;
  /** 2xx, 4xx, 5xx: single codes would multiply the series. */
  readonly status: string;
  count: number;
  sumSeconds: number;
  /** How many took at most as long as each bound. */
  readonly buckets: number[];
}

const SLOT = Symbol.for("yingda.request-metrics");

// On globalThis for the hot routes and Next's are separate module graphs of one process.
function series(): Map<string, RequestSeries> {
  const holder = globalThis as { [SLOT]?: Map<string, RequestSeries> };
  holder[SLOT] ??= new Map();
  return holder[SLOT];
}

/** Counts one answered request. Costs well under a microsecond; names come from contracts, so the series are bounded. */
export function countRequest(operation: string, status: number, milliseconds: number): void {
  const family = `${Math.floor(status / 100)}xx`;
  const key = `${operation} ${family}`;
  const all = series();
  let one = all.get(key);
  if (!one) {
    one = { operation, status: family, count: 0, sumSeconds: 0, buckets: BUCKETS.map(() => 0) };
    all.set(key, one);
  }
  const seconds = milliseconds / 1_000;
  one.count += 1;
  one.sumSeconds += seconds;
  for (const [index, bound] of BUCKETS.entries()) {
    if (seconds <= bound) {
      one.buckets[index] = (one.buckets[index] ?? 0) + 1;
    }
  }
}

/** Everything counted since the process began. */
export function requestSeries(): readonly RequestSeries[] {
  return [...series().values()];
}
