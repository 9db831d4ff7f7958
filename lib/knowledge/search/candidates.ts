import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { Candidate } from "./document";
import { segment } from "./segmentation";
import type { TokenStatistics } from "./statistics";
import { STOP_WORDS } from "./stop-words";
import { anyOf } from "./vector";

const CANDIDATES = 50;
/**
 * Tokens in one query, and the most rows they may bring together: ts_rank costs some microseconds a row. At 10,000
 * entries 2,500 rows took three times as long and found no more.
 */
const TOKENS_MAX = 20;
const ROWS_MAX = 600;
/** However common they are, this many of the rarest tokens are asked for. */
const TOKENS_MIN = 3;
/** ts_rank knows no idf, so the tokens go in three groups of like rarity, each weighed by it (retrieval.md section 2). */
const GROUPS = 3;

/** The rarest tokens of a question, as many as bring a bounded number of rows. */
function chooseTokens(question: string, statistics: TokenStatistics): string[] {
  const { grams, words, concepts, trigrams } = segment(question);
  const all = [...new Set([...grams, ...words, ...concepts, ...trigrams])];
  const content = all.filter((token) => !STOP_WORDS.has(token));
  const rarest = (content.length > 0 ? content : all).sort(
    (one, other) => statistics.frequencyOf(one) - statistics.frequencyOf(other),
  );
  const chosen: string[] = [];
  let rows = 0;
  for (const token of rarest) {
    rows += statistics.frequencyOf(token);
    if (chosen.length === TOKENS_MAX || (chosen.length >= TOKENS_MIN && rows > ROWS_MAX)) {
      break;
    }
    chosen.push(token);
  }
  return chosen;
}

/**
 * Published entries of one merchant that share tokens with a question, the most promising fifty. The merchant's scope
 * and the status are part of the statement (reliability.md LLM08).
 */
export async function findCandidates(
  executor: Executor,
  merchantId: string,
  question: string,
  options: { readonly statistics: TokenStatistics; readonly language?: string | undefined },
): Promise<Candidate[]> {
  const tokens = chooseTokens(question, options.statistics);
  const every = anyOf(tokens);
  if (every === null) {
    return [];
  }
  const size = Math.ceil(tokens.length / GROUPS);
  const ranks: SQL[] = [];
  for (let start = 0; start < tokens.length; start += size) {
    const group = tokens.slice(start, start + size);
    const worth = group.reduce((sum, token) => sum + options.statistics.idf(token), 0);
    ranks.push(sql`${worth}::float4 * ts_rank('{0.1, 0.1, 0.4, 1}', search, ${anyOf(group)}::tsquery)`);
  }
  const rows = await rowsOf<Candidate & Record<string, unknown>>(
    executor,
    sql`
    select id, version, question, variants, answer, category, language from kb_entries
    where merchant_id = ${merchantId} and status = 'published' and search @@ ${every}::tsquery
      ${options.language ? sql`and language = ${options.language}` : sql``}
    order by ${sql.join(ranks, sql` + `)} desc, id
    limit ${CANDIDATES}`,
  );
  return [...rows];
}
