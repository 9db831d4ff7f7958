import { EventEmitter } from "node:events";
import {
  type Logger as GraphileLogger,
  Logger,
  parseCronItems,
  run,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import { Pool } from "pg";
import { connect, type Database } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { giveWay } from "@/lib/platform/jobs/giving-way";
import type { AnyJob } from "@/lib/platform/jobs/job";
import { RunningJobs } from "@/lib/platform/jobs/running-jobs";
import { WorkerGuard } from "@/lib/platform/jobs/worker-guard";
import { log } from "@/lib/platform/log/log";
import { flushMarks } from "@/lib/platform/realtime/outbox";
import { inSpan } from "@/lib/platform/tracing/span";
import { JOBS, RECURRING } from "./jobs";

const CONCURRENCY = 8;

/** @param soon where commits do not wait for the disk */
function taskOf(job: AnyJob, soon: Database) {
  return async (payload: unknown) => {
    await giveWay();
    const requestId = newId("request");
    await inSpan(job.name, { "yingda.request_id": requestId }, () =>
      job.handle(job.schema.parse(payload) as never, {
        db: job.replayable ? soon : database(),
        actor: { kind: "system", merchantId: null },
        requestId,
        now: () => new Date(),
        log: log().child({ requestId, job: job.name }),
        ip: null,
        locale: "zh-CN",
      }),
    );
  };
}

function taskListOn(soon: Database): TaskList {
  return Object.fromEntries(JOBS.map((job) => [job.name, taskOf(job, soon)]));
}

/** Connections for jobs that are done again when their commit was lost (Job.replayable). */
function soonDatabase(): Database {
  return connect(database().$client.options.connectionString ?? env().DATABASE_URL, CONCURRENCY, "soon");
}

/** graphile-worker's own words, at the level they deserve: its "info" tells of every job. */
function jobLogger(): GraphileLogger {
  return new Logger(() => (level, message) => {
    if (level === "error") {
      log().error({ from: "worker" }, message);
    } else if (level === "warning") {
      log().warn({ from: "worker" }, message);
    }
  });
}

/** Jobs and the LISTEN connection have a pool of their own: a flood of requests must not starve the queue. */
function jobPool(): Pool {
  const pool = new Pool({
    connectionString: env().DATABASE_URL,
    max: CONCURRENCY + 2,
    // These connections only take jobs and tick them off. Should the database itself fail before that is on disk, a job
    // runs once more, which every job bears (what it does is committed by other connections, durably): no job waits for
    // the disk twice for its own bookkeeping.
    onConnect: async (client) => void (await client.query("set synchronous_commit = off")),
  });
  // Without a listener a connection that Postgres closed would end the process.
  pool.on("error", (error) => log().warn({ reason: error.message }, "job connection lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** A guard over the workers that are made with its events, started. */
async function guarded(pgPool: Pool): Promise<{ guard: WorkerGuard; events: WorkerEvents }> {
  const events: WorkerEvents = new EventEmitter();
  const jobs = new RunningJobs(events);
  const guard = new WorkerGuard(env().DATABASE_URL, pgPool, jobs, (reason) => log().warn({ reason }, "worker guard"));
  // Jobs are locked under the name of the pool, not of the worker in it: a guard that held the workers' names alone
  // would give back what this process is still doing.
  events.on("pool:create", ({ workerPool }) => guard.add(workerPool.id));
  await guard.start();
  return { guard, events };
}

/** Runs jobs in this process until stopped; wakes by LISTEN/NOTIFY, polls every 2 s in case a notification was lost. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const pgPool = jobPool();
  const soon = soonDatabase();
  const { guard, events } = await guarded(pgPool);
  const runner = await run({
    events,
    pgPool,
    taskList: taskListOn(soon),
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: jobLogger(),
    parsedCronItems: parseCronItems(RECURRING),
  });
  runner.promise.catch((error: unknown) => log().error({ reason: String(error) }, "worker ended"));
  return {
    async stop() {
      await runner.stop();
      await guard.stop();
      await flushMarks(soon);
      await soon.$client.end();
      await pgPool.end();
    },
  };
}

/** Most rounds of one call: jobs that make jobs without an end must not hold a cron route for ever. */
const ROUNDS = 50;

/** True when a job could be taken now: due, of ours, and its lane free. */
async function isWorkDue(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from graphile_worker._private_jobs job
     join graphile_worker._private_tasks task on task.id = job.task_id and task.identifier = any($1::text[])
     left join graphile_worker._private_job_queues lane on lane.id = job.job_queue_id
     where job.run_at <= now() and job.is_available and job.locked_at is null and lane.locked_at is null limit 1`,
    [JOBS.map(({ name }) => name)],
  );
  return rowCount !== 0;
}

/**
 * Runs what is due and returns: for a cron route where no long process lives (Vercel). A worker ends when it finds
 * nothing, and the jobs of a lane come one by one: it is looked again until nothing is left. Any number of calls, and of
 * workers beside them, share the work: each job is done by one of them, and what a killed one held is given back.
 */
export async function runDueJobs(): Promise<void> {
  const pgPool = jobPool();
  const soon = soonDatabase();
  const taskList = taskListOn(soon);
  const { guard, events } = await guarded(pgPool);
  try {
    let round = 0;
    do {
      await runOnce({ events, pgPool, taskList, concurrency: CONCURRENCY, noHandleSignals: true, logger: jobLogger() });
      round += 1;
    } while (round < ROUNDS && (await isWorkDue(pgPool)));
  } finally {
    await guard.stop();
    await flushMarks(soon);
    await soon.$client.end();
    await pgPool.end();
  }
}

/** Does what is waiting, if anything is: after a request, where no worker lives. It never fails; the cron route is behind it. */
export async function runWaitingJobs(): Promise<void> {
  try {
    if (await isWorkDue(database().$client)) {
      await runDueJobs();
    }
  } catch (error) {
    log().warn({ err: error }, "jobs are left to the cron route");
  }
}
