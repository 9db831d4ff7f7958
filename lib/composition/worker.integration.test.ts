import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { cronEndpoint } from "./cron-endpoint";
import { RECURRING } from "./jobs";
import { queueRecurring } from "./recurring";
import { runDueJobs, runWaitingJobs, startWorker } from "./worker";

interface Job {
  readonly locked_by: string | null;
  readonly attempts: number;
}

let desk: DeskFixture;
beforeAll(async () => {
  desk = await createDeskFixture();
  vi.stubEnv("DATABASE_URL", desk.url);
  vi.stubEnv("CRON_SECRET", "cron secret of tests");
  serveFrom(desk.db);
});
afterAll(() => desk.end());
beforeEach(async () => {
  await desk.db.execute(sql`delete from graphile_worker._private_jobs`);
});

const jobs = () => rowsOf<Job>(desk.db, sql`select locked_by, attempts from graphile_worker._private_jobs order by id`);
/** Those of a test's own: a worker that lives over the turn of a minute orders the recurring ones, which say when. */
const ordered = () =>
  rowsOf<Job>(
    desk.db,
    sql`select locked_by, attempts from graphile_worker._private_jobs where not payload::jsonb ? '_cron' order by id`,
  );
const order = (name: string) => desk.db.execute(sql`select graphile_worker.add_job(${name}, '{}'::json)`);
/** As if every job that is held had been held for an hour. */
const age = () =>
  desk.db.execute(
    sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_at is not null`,
  );

/** A connection that keeps the nightly tidying from its first table, so that its job stays at work. */
async function holdUp(): Promise<{ letGo(): Promise<void> }> {
  const client = new Client({ connectionString: desk.url });
  await client.connect();
  await client.query("begin");
  await client.query("lock table idempotency_keys in access exclusive mode");
  return {
    async letGo() {
      await client.query("rollback");
      await client.end();
    },
  };
}

describe("a worker", () => {
  it("gives back what bears its name though it does not do it, and keeps what it does", async () => {
    const held = await holdUp();
    await order("platform.tidy");
    const worker = await startWorker();
    await vi.waitUntil(async () => (await ordered())[0]?.locked_by, { timeout: 20_000 });
    const [atWork] = await ordered();
    await age();
    // Taken, and the answer that said so was lost with the connection.
    const lost = await desk.db.transaction(async (tx) => {
      const lane = sql`select id from graphile_worker.add_job('routing.sweep', '{}'::json, queue_name => 'a lane')`;
      const [job] = await rowsOf<{ id: string }>(tx, lane);
      const holding = sql`locked_by = ${atWork?.locked_by}, locked_at = now() - interval '1 minute'`;
      await tx.execute(sql`update graphile_worker._private_jobs set ${holding} where id = ${job?.id}`);
      await tx.execute(sql`update graphile_worker._private_job_queues set ${holding} where queue_name = 'a lane'`);
      return sql`select 1 from graphile_worker._private_jobs where id = ${job?.id}`;
    });
    await vi.waitUntil(async () => (await rowsOf(desk.db, lost)).length === 0, { timeout: 20_000 });
    expect((await ordered())[0]).toEqual({ locked_by: atWork?.locked_by, attempts: 1 });
    await held.letGo();
    await worker.stop();
  });
});

describe("calls of the cron route", () => {
  it("leave a job alone that another call, or a worker, is still at, however long it takes", async () => {
    const held = await holdUp();
    await order("platform.tidy");
    const first = runDueJobs();
    await vi.waitUntil(async () => (await ordered())[0]?.locked_by, { timeout: 20_000 });
    const [atWork] = await ordered();
    await age();
    await Promise.all([runDueJobs(), runDueJobs()]);
    const worker = await startWorker();
    await worker.stop();
    expect(await ordered()).toEqual([{ locked_by: atWork?.locked_by, attempts: 1 }]);
    await held.letGo();
    await first;
    expect(await ordered()).toEqual([]);
  });

  it("give back at once what a killed call held, and do it", async () => {
    await order("platform.tidy");
    await desk.db.execute(
      sql`update graphile_worker._private_jobs set locked_by = 'a pool that is gone', locked_at = now() - interval '1 minute'`,
    );
    await vi.waitUntil(
      async () => {
        await runDueJobs();
        return (await ordered()).length === 0;
      },
      { timeout: 20_000 },
    );
  });

  it("queue every recurring job once, however many call in the same minute", async () => {
    const now = new Date("2026-11-21T10:00:20Z");
    await desk.db.execute(sql`delete from graphile_worker._private_known_crontabs`);
    await Promise.all(Array.from({ length: 5 }, () => queueRecurring(desk.db, now)));
    const queued = await rowsOf<{ name: string; count: number }>(
      desk.db,
      sql`select task_identifier as name, count(*)::int as count from graphile_worker.jobs group by 1 order by 1`,
    );
    expect(queued).toEqual(
      [...RECURRING].map(({ task }) => ({ name: task, count: 1 })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    await desk.db.execute(sql`delete from graphile_worker._private_jobs`);
    await queueRecurring(desk.db, new Date("2026-11-21T10:00:50Z"));
    expect(await jobs()).toEqual([]);
    await queueRecurring(desk.db, new Date("2026-11-21T10:01:02Z"));
    expect(await jobs()).toHaveLength(RECURRING.filter(({ match }) => match === "* * * * *").length);
  });

  it("make up for a night that was missed, once", async () => {
    await queueRecurring(desk.db, new Date("2026-11-22T02:00:00Z"));
    await desk.db.execute(sql`delete from graphile_worker._private_jobs`);
    await queueRecurring(desk.db, new Date("2026-11-22T09:00:00Z"));
    await queueRecurring(desk.db, new Date("2026-11-22T09:00:30Z"));
    const names = await rowsOf<{ name: string }>(
      desk.db,
      sql`select task_identifier as name from graphile_worker.jobs`,
    );
    expect(names.filter(({ name }) => name === "platform.retention")).toHaveLength(1);
  });

  it("are not needed for what a request caused: it is done after the answer, where nothing else does it", async () => {
    await order("platform.tidy");
    await runWaitingJobs();
    expect(await jobs()).toEqual([]);
    await runWaitingJobs();
  });

  it("need the secret, and do nothing where nobody has installed anything yet", async () => {
    const ask = (authorization: string) =>
      cronEndpoint(new Request("http://localhost:3000/api/cron/jobs", { headers: { authorization } }));
    expect((await ask("Bearer wrong")).status).toBe(401);
    await desk.db.execute(sql`delete from merchants`);
    await desk.db.execute(sql`delete from users`);
    await order("platform.tidy");
    expect((await ask("Bearer cron secret of tests")).status).toBe(200);
    expect(await jobs()).toHaveLength(1);
  });
});
