import { Client, type Pool } from "pg";
import type { RunningJobs } from "./running-jobs";

const EVERY_MS = 2_000;
/**
 * A worker asks for its lock on a connection that stands, before it asks for its first job on one that it has to open; a
 * job that is locked for less may still belong to one whose lock is on its way.
 */
const YOUNG_SECONDS = 3;

/** A job of this process's own that it has been holding for so long without doing it is not on its way to a worker any more. */
const LOST_SECONDS = 10;

const keyOf = (name: string) => `hashtextextended('worker:' || ${name}, 0)`;

/** Names whose advisory lock somebody holds; the view tells of a lock's 64 bits in two halves. */
const HELD = `exists (select 1 from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
  and database = (select oid from pg_database where datname = current_database())
  and ((classid::bigint << 32) | objid::bigint) = ${keyOf("holder.name")})`;

/**
 * Gives back what workers of dead processes hold, and what this process holds by mistake: when the database goes away at
 * the moment in which a job is taken or ticked off, nobody does the job and its lock stands. graphile-worker leaves such
 * jobs, and the lanes these are in, locked for four hours: a customer in such a lane would hear nothing for as long.
 *
 * Who lives holds an advisory lock by its name on a connection of its own, and Postgres frees it the moment the process
 * is gone, however it went. The lock belongs to a transaction that stays open (it reads and writes nothing, so it holds
 * up no vacuum): so it also works through a connection pooler in transaction mode.
 */
export class WorkerGuard {
  private readonly names = new Set<string>();
  private client: Client | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private running: Promise<void> = Promise.resolve();

  /**
   * @param pool for everything but the locks, which need a connection that does nothing else
   * @param running what this process does: not given back, however long it takes
   */
  constructor(
    private readonly connectionString: string,
    private readonly pool: Pool,
    private readonly jobs: RunningJobs,
    private readonly onError: (reason: string) => void,
  ) {}

  /** A worker of this process lives. */
  add(name: string): void {
    this.names.add(name);
    this.next(async () => hold(await this.connected(), name));
  }

  /**
   * Looks for dead workers now, and again every few seconds. Returns when it is connected, or has failed to: only after
   * that may a worker be made.
   */
  async start(): Promise<void> {
    const look = () =>
      this.next(async () => {
        await this.connected();
        await freeDead(this.pool, this.names);
        await freeLost(this.pool, this.names, this.jobs);
      });
    look();
    await this.running;
    this.timer = setInterval(look, EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.client?.end();
    this.client = undefined;
  }

  /** One after the other; a failure is told and the next try connects anew. */
  private next(work: () => Promise<void>): void {
    this.running = this.running.then(async () => {
      try {
        await work();
      } catch (error) {
        this.onError(String(error));
        await this.client?.end().catch(() => undefined);
        this.client = undefined;
      }
    });
  }

  private async connected(): Promise<Client> {
    if (this.client) {
      return this.client;
    }
    const client = new Client({ connectionString: this.connectionString, application_name: "yingda worker guard" });
    client.on("error", () => {
      this.client = undefined;
    });
    await client.connect();
    this.client = client;
    await client.query("begin");
    await client.query("set local idle_in_transaction_session_timeout = 0");
    for (const name of this.names) {
      await hold(client, name);
    }
    return client;
  }
}

async function hold(client: Client, name: string): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(${keyOf("$1")})`, [name]);
}

/** Frees jobs and lanes of workers whose lock nobody holds. A worker's name is never used again, so none comes back. */
async function freeDead(pool: Pool, own: ReadonlySet<string>): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from (
       select locked_by as name from graphile_worker._private_jobs
         where locked_at < now() - make_interval(secs => $1)
       union select locked_by from graphile_worker._private_job_queues
         where locked_at < now() - make_interval(secs => $1)) as holder
     where name is not null and not (name = any($2::text[])) and not ${HELD}`,
    [YOUNG_SECONDS, [...own]],
  );
  if (rows.length > 0) {
    await pool.query("select graphile_worker.force_unlock_workers($1::text[])", [rows.map(({ name }) => name)]);
  }
}

/**
 * Frees jobs and lanes that bear this process's name though it does not do them. One that was done, and whose end could
 * not be noted, is done again, which every job bears.
 */
async function freeLost(pool: Pool, own: ReadonlySet<string>, jobs: RunningJobs): Promise<void> {
  await pool.query(
    `with lost as (
       update graphile_worker._private_jobs set locked_at = null, locked_by = null
       where locked_by = any($1::text[]) and locked_at < now() - make_interval(secs => $2)
         and not (id = any($3::bigint[])))
     update graphile_worker._private_job_queues lane set locked_at = null, locked_by = null
     where locked_by = any($1::text[]) and locked_at < now() - make_interval(secs => $2)
       and not exists (select 1 from graphile_worker._private_jobs job
                       where job.job_queue_id = lane.id and job.id = any($3::bigint[]))`,
    [[...own], LOST_SECONDS, jobs.ids()],
  );
}
