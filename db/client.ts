import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase & { readonly $client: postgres.Sql };
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** What a repository runs on: the database, or the transaction that its caller opened. */
export type Executor = Database | Transaction;

/**
 * A connection pool of its own, for a process or a test. End it with `database.$client.end()`.
 *
 * @param url Postgres address
 * @param max most connections; two cores and a 100-connection server leave 20 to each process
 */
export function connect(url: string, max = 20): Database {
  return drizzle(
    postgres(url, {
      max,
      idle_timeout: 60,
      connect_timeout: 5,
      onnotice: () => undefined,
      connection: { application_name: "yingda", statement_timeout: 15_000, TimeZone: "UTC" },
    }),
  );
}
