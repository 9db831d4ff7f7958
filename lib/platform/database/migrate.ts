import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";

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
  const quiet = { max: 1, onnotice: () => undefined, connect_timeout: 10 };
  const lockConnection = postgres(url, quiet);
  const connection = postgres(url, quiet);
  try {
    return await lockConnection.begin(async (transaction) => {
      await transaction`set local idle_in_transaction_session_timeout = 0`;
      await transaction`set local lock_timeout = 0`;
      await transaction`select pg_advisory_xact_lock(${migrationLock})`;
      const before = await countApplied(connection);
      await migrate(drizzle(connection), { migrationsFolder: folder });
      await runMigrations({ connectionString: url, maxPoolSize: 2 });
      const total = await countApplied(connection);
      return { applied: total - before, total };
    });
  } finally {
    await Promise.all([connection.end(), lockConnection.end()]);
  }
}

async function countApplied(connection: postgres.Sql): Promise<number> {
  const [found] = await connection<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!found?.exists) {
    return 0;
  }
  const [row] = await connection<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`;
  return row?.count ?? 0;
}
