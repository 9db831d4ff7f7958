import { sql } from "drizzle-orm";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { runMigrations } from "graphile-worker";
import { Pool, type PoolClient } from "pg";
import { type Executor, rowsOf } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";

/** Any number will do as long as nobody else on the database uses it; this one spells "ying". */
const migrationLock = 0x79_69_6e_67;

/** What the connection that holds the lock calls itself, followed by how far the work is: every process can see it. */
const AT_WORK = "yingda migrates ";

export interface MigrationOutcome {
  /** Migrations of ours that this run applied. */
  readonly applied: number;
  /** Migrations of ours that the database has now. */
  readonly total: number;
}

export interface MigrationState {
  /** `waiting`: nobody is at it. `running`: somebody is, `done` says how far. `ready`: nothing is left to do. */
  readonly stage: "waiting" | "running" | "ready";
  readonly done: number;
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
    return await alone(pool, async (tell) => {
      const outcome = await applyOurs(pool, readMigrationFiles({ migrationsFolder: folder }), tell);
      await runMigrations({ pgPool: pool });
      return outcome;
    });
  } finally {
    await pool.end();
  }
}

/** Says how many migrations are applied, to whoever asks `migrationState`. */
type Tell = (done: number) => Promise<void>;

/** Runs the work while no other runner is at it. */
async function alone<Result>(pool: Pool, work: (tell: Tell) => Promise<Result>): Promise<Result> {
  const lock: PoolClient = await pool.connect();
  try {
    await lock.query("begin");
    await lock.query("set local idle_in_transaction_session_timeout = 0");
    await lock.query("set local lock_timeout = 0");
    await lock.query("set local statement_timeout = 0");
    await lock.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    return await work(async (done) => {
      await lock.query("select set_config('application_name', $1, true)", [`${AT_WORK}${done}`]);
    });
  } finally {
    // Closing the connection ends its transaction, and with it the lock, also when the connection is broken.
    lock.release(true);
  }
}

/**
 * Applies what is missing, all or nothing, in the table that drizzle-kit's own runner keeps. Written out because that
 * runner tells nobody how far it is.
 */
async function applyOurs(pool: Pool, migrations: readonly MigrationMeta[], tell: Tell): Promise<MigrationOutcome> {
  const client = await pool.connect();
  try {
    await client.query("create schema if not exists drizzle");
    await client.query(
      "create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
    );
    const { rows } = await client.query<{ count: number; last: string | null }>(
      "select count(*)::int as count, max(created_at) as last from drizzle.__drizzle_migrations",
    );
    const before = rows[0]?.count ?? 0;
    const missing = migrations.filter(({ folderMillis }) => folderMillis > Number(rows[0]?.last ?? -1));
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    for (const [index, migration] of missing.entries()) {
      await tell(before + index);
      for (const statement of migration.sql) {
        await client.query(statement);
      }
      await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
        migration.hash,
        migration.folderMillis,
      ]);
    }
    await client.query("commit");
    await tell(before + missing.length);
    return { applied: missing.length, total: before + missing.length };
  } finally {
    // A transaction that failed ends with its connection.
    client.release(true);
  }
}

/** How many of our migrations a database has; 0 for an empty one. */
async function appliedMigrations(executor: Executor): Promise<number> {
  const [made] = await rowsOf<{ exists: boolean }>(
    executor,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null
          and to_regclass('graphile_worker._private_jobs') is not null as exists`,
  );
  if (!made?.exists) {
    return 0;
  }
  const [row] = await rowsOf<{ count: number }>(
    executor,
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  );
  return row?.count ?? 0;
}

/** How far a database is, whichever process migrates it. @throws the driver's error when it cannot be reached */
export async function migrationState(executor: Executor): Promise<MigrationState> {
  const total = journal.entries.length;
  const done = Math.min(await appliedMigrations(executor), total);
  if (done === total) {
    return { stage: "ready", done, total };
  }
  const [runner] = await rowsOf<{ name: string }>(
    executor,
    sql`select application_name as name from pg_stat_activity
        where datname = current_database() and application_name like ${`${AT_WORK}%`} limit 1`,
  );
  return runner
    ? { stage: "running", done: Math.min(Number(runner.name.slice(AT_WORK.length)) || 0, total), total }
    : { stage: "waiting", done, total };
}
