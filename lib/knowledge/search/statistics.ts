import { sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { type Executor, rowsOf } from "@/db/client";

/** How often each token stands in the questions of one merchant's published entries. */
export interface TokenStatistics {
  /** Published entries. */
  readonly entries: number;
  /** Tokens that are kept in memory. */
  readonly size: number;
  /** Entries that contain the token; 1 for tokens of a single entry and for unknown ones. */
  frequencyOf(token: string): number;
  /** Inverse document frequency, natural logarithm, above 0: what a match of the token is worth (BM25's form). */
  idf(token: string): number;
}

interface Cached {
  readonly stamp: string;
  readonly checkedAt: number;
  readonly statistics: TokenStatistics;
}

/**
 * A stale weight changes a score by little and candidates always come live from the database, so the stamp is read at
 * most once a second and merchant.
 */
const RECHECK_MS = 1_000;
/** About 40 MB; a merchant with 10,000 entries has some 30,000 tokens that stand in more than one. */
const MAX_TOKENS = 500_000;

const cache = new LRUCache<string, Cached>({
  maxSize: MAX_TOKENS,
  sizeCalculation: (item) => item.statistics.size + 1,
});

/** Statistics from counted tokens; tokens of a single entry need not be among them. */
export function tokenStatistics(entries: number, frequencies: ReadonlyMap<string, number>): TokenStatistics {
  const frequencyOf = (token: string) => frequencies.get(token) ?? 1;
  return {
    entries,
    size: frequencies.size,
    frequencyOf,
    idf: (token) => {
      const frequency = Math.min(frequencyOf(token), entries);
      return Math.log(1 + (entries - frequency + 0.5) / (frequency + 0.5));
    },
  };
}

async function count(executor: Executor, merchantId: string, entries: number): Promise<TokenStatistics> {
  const rows = await rowsOf<{ word: string; ndoc: number }>(
    executor,
    sql`
    select word, ndoc from ts_stat(
      format('select search from kb_entries where merchant_id = %L and status = ''published''', ${merchantId}::text), 'a')
    where ndoc > 1`,
  );
  return tokenStatistics(entries, new Map(rows.map((row) => [row.word, row.ndoc])));
}

/** Token statistics of a merchant, kept in memory until an entry changes (newest change and number of entries). */
export async function statisticsOf(executor: Executor, merchantId: string): Promise<TokenStatistics> {
  const known = cache.get(merchantId);
  if (known && performance.now() - known.checkedAt < RECHECK_MS) {
    return known.statistics;
  }
  const [row] = await rowsOf<{ entries: number; stamp: string }>(
    executor,
    sql`
    select count(*)::int as entries, concat(count(*), '/', max(updated_at)) as stamp
    from kb_entries where merchant_id = ${merchantId} and status = 'published'`,
  );
  const stamp = row?.stamp ?? "";
  const statistics = known?.stamp === stamp ? known.statistics : await count(executor, merchantId, row?.entries ?? 0);
  cache.set(merchantId, { stamp, checkedAt: performance.now(), statistics });
  return statistics;
}
