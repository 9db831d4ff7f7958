import type { SQL } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";

export type Database = NodePgDatabase & { readonly $client: Pool };
export type Transaction = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];
/** What a repository runs on: the database, or the transaction that its caller opened. */
export type Executor = Database | Transaction;

/**
 * Sends every statement without its name. Behind a pooler in transaction mode the next transaction meets another backend,
 * which knows nothing of what was prepared on the last one.
 */
class NamelessClient extends Client {
  override query(...[query, ...rest]: unknown[]): never {
    const sent = typeof query === "object" && query !== null && "name" in query ? { ...query, name: undefined } : query;
    return super.query(...([sent, ...rest] as Parameters<Client["query"]>)) as never;
  }
}

/** Whether an address says that it is such a pooler's, as several hosts of Postgres write it. */
const isPooler = (url: string): boolean => /[?&]pgbouncer=true\b/.test(url);

/**
 * A connection pool of its own, for a process or a test. End it with `database.$client.end()`.
 *
 * node-postgres, not postgres.js: a connection that is cut under a small buffered write makes the latter throw where
 * nobody can catch it and leaves the query hanging (docs/decisions/0003).
 *
 * @param url Postgres address; with `pgbouncer=true` nothing is prepared on a connection
 * @param max most connections; two cores and a 100-connection server leave 20 to each process
 * @param commits `soon`: a commit does not wait for the disk and may be lost with the last half second before the
 * database itself fails; only for what is done again then
 */
export function connect(url: string, max = 20, commits: "durable" | "soon" = "durable"): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    ...(isPooler(url) && { Client: NamelessClient }),
    idleTimeoutMillis: 60_000,
    // Also the longest wait for a free connection: an exhausted pool answers 503, it does not hang (T30).
    connectionTimeoutMillis: 5_000,
    application_name: "yingda",
    options: `-c statement_timeout=15000 -c TimeZone=UTC${commits === "soon" ? " -c synchronous_commit=off" : ""}`,
  });
  // Without a listener a connection that Postgres closes while idle would end the process. The pool drops it by itself.
  pool.on("error", () => undefined);
  // The same for one that is cut in the middle of a transaction: the query that was running on it fails, which is enough.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return drizzle(pool);
}

/** Rows of a statement written by hand; `Row` is what its select list says. */
export async function rowsOf<Row extends object>(executor: Executor, query: SQL): Promise<Row[]> {
  const result = await executor.execute(query);
  return result.rows as unknown as Row[];
}
