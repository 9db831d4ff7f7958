import { Client } from "pg";

const EVERY_MS = 2_000;
/**
 * A worker asks for its lock on a connection that stands, before it asks for its first job on one that it has to open; a
 * job that is locked for less may still belong to one whose lock is on its way.
 */
const YOUNG_SECONDS = 3;

const keyOf = "hashtextextended('worker:' || $1, 0)";

/**
 * Gives back what workers of dead processes hold. graphile-worker leaves their jobs, and the lanes these are in, locked
 * for four hours: a customer in such a lane would hear nothing for as long.
 *
 * Who lives holds an advisory lock by its name on a connection of its own, and Postgres frees it the moment the process
 * is gone, however it went.
 */
export class WorkerGuard {
  private readonly names = new Set<string>();
  private client: Client | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly connectionString: string,
    private readonly onError: (reason: string) => void,
  ) {}

  /** A worker of this process lives. */
  add(name: string): void {
    this.names.add(name);
    this.next(async (client) => {
      await client.query(`select pg_advisory_lock(${keyOf})`, [name]);
    });
  }

  /** Returns when it is connected, or has failed to: only after that may a worker be made. */
  async start(): Promise<void> {
    this.next(async () => undefined);
    await this.running;
    this.timer = setInterval(() => this.next((client) => this.free(client)), EVERY_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    await this.client?.end();
    this.client = undefined;
  }

  /** One after the other, on one connection; a failure is told and the next try connects anew. */
  private next(work: (client: Client) => Promise<void>): void {
    this.running = this.running.then(async () => {
      try {
        await work(await this.connected());
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
    for (const name of this.names) {
      await client.query(`select pg_advisory_lock(${keyOf})`, [name]);
    }
    this.client = client;
    return client;
  }

  private async free(client: Client): Promise<void> {
    const { rows } = await client.query<{ name: string }>(
      `select locked_by as name from graphile_worker._private_jobs
         where locked_at < now() - make_interval(secs => $1)
       union select locked_by from graphile_worker._private_job_queues
         where locked_at < now() - make_interval(secs => $1)`,
      [YOUNG_SECONDS],
    );
    for (const { name } of rows.filter((row) => !this.names.has(row.name))) {
      const tried = await client.query<{ dead: boolean }>(`select pg_try_advisory_lock(${keyOf}) as dead`, [name]);
      if (tried.rows[0]?.dead) {
        await client.query("select graphile_worker.force_unlock_workers(array[$1])", [name]);
        await client.query(`select pg_advisory_unlock(${keyOf})`, [name]);
      }
    }
  }
}
