/**
 * How many values lie in which bucket. Buckets grow by 2 %, so any value read back is within 1 % of the true one, and
 * spreads of days and agents add up to those of months and teams (the idea of DDSketch, Masson et al. 2019). Pure.
 */
export type Spread = ReadonlyMap<number, number>;

/** Each bucket's upper end over the one before. The error of a value read back is (growth - 1) / (growth + 1), 0.99 %. */
export const GROWTH = 1.02;
/** Smaller values count as this one, in seconds. */
export const SMALLEST = 0.001;
/** Bucket (int2) and count (int4), big-endian: what Postgres's int2send and int4send write. */
const ENTRY_BYTES = 6;

/** The value that stands for all of a bucket. */
export function bucketValue(bucket: number): number {
  const value = (2 * GROWTH ** bucket) / (GROWTH + 1);
  return value <= SMALLEST * GROWTH ? 0 : value;
}

/** Adds what the database keeps of one day into a spread that is being gathered. */
export function addSpread(into: Map<number, number>, bytes: Buffer): void {
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const bucket = bytes.readInt16BE(at);
    into.set(bucket, (into.get(bucket) ?? 0) + bytes.readInt32BE(at + 2));
  }
}

/**
 * The value below which a share of all values lies, between its two neighbours where it falls between them.
 *
 * @param share 0 to 1
 * @returns null for a spread without values
 */
export function quantile(spread: Spread, share: number): number | null {
  const buckets = [...spread].sort(([first], [second]) => first - second);
  const count = buckets.reduce((sum, [, n]) => sum + n, 0);
  if (count === 0) {
    return null;
  }
  const rank = (count - 1) * share;
  const at = (wanted: number): number => {
    let seen = 0;
    for (const [bucket, n] of buckets) {
      seen += n;
      if (seen > wanted) {
        return bucketValue(bucket);
      }
    }
    return bucketValue(buckets.at(-1)?.[0] ?? 0);
  };
  const [low, high] = [at(Math.floor(rank)), at(Math.ceil(rank))];
  return low + (high - low) * (rank - Math.floor(rank));
}
