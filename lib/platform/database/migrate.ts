import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { runMigrations } from "graphile-worker";
import { Pool, type PoolClient } from "pg";

/** Any number will do as long as nobody else on the database uses it; this one spells "ying". */
const migrationLock = 0x79_69_6e_67;

export interface MigrationOutcome {
  /** Migrations of ours that this run applied. */
  readonly applied: number;
  /** Migrations of ours that the database has now. */
  readonly total: number;
}

/**
 * Brings a database up to date: our own tables, then the job queue's. Safe to run twice, from several processes at once
 * and after a crash in the middle: ours are applied in one transaction, and an advisory lock lets one runner in at a time.
 * The lock is held by a transaction, so it also works through a connection pooler in transaction mode.
 *
 * @param url address of the database; the role needs to be allowed to create schemas
 * @param folder where drizzle-kit wrote the migrations
 * @throws the driver's error when the database cannot be reached or a migration fails; nothing of ours is applied then
 */
export async function migrateDatabase(url: string, folder = "db/migrations"): Promise<MigrationOutcome> {
  const pool = new Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 10_000 });
  // A connection that is cut tells it by an event as well as by the failing query; the query's error is the one we throw.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    return await alone(pool, async () => {
      const before = await countApplied(pool);
      await migrate(drizzle(pool), { migrationsFolder: folder });
      await runMigrations({ pgPool: pool });
      const total = await countApplied(pool);
      return { applied: total - before, total };
    });
  } finally {
    await pool.end();
  }
}

/** Runs the work while no other runner is at it. */
async function alone<Result>(pool: Pool, work: () => Promise<Result>): Promise<Result> {
  const lock: PoolClient = await pool.connect();
  try {
    await lock.query("begin");
    await lock.query("set local idle_in_transaction_session_timeout = 0");
    await lock.query("set local lock_timeout = 0");
    await lock.query("set local statement_timeout = 0");
    await lock.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    return await work();
  } finally {
    // Closing the connection ends its transaction, and with it the lock, also when the connection is broken.
    lock.release(true);
  }
}

async function countApplied(pool: Pool): Promise<number> {
  const database = drizzle(pool);
  const found = await database.execute<{ exists: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (!found.rows[0]?.exists) {
    return 0;
  }
  const counted = await database.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return counted.rows[0]?.count ?? 0;
}
