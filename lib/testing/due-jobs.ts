import { sql } from "drizzle-orm";
import { vi } from "vitest";
import { type Database, rowsOf } from "@/db/client";
import { runDueJobs } from "@/lib/composition/worker";

/** Longest that a test waits for its jobs, in milliseconds: the test's own limit comes first, however slow the machine. */
const LONGEST_MS = 120_000;

/** Runs what is due until nothing is left: a lane lets one job through at a time. */
export async function drainJobs(db: Database): Promise<void> {
  await vi.waitUntil(async () => {
    await runDueJobs();
    const due = await rowsOf(
      db,
      sql`select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts limit 1`,
    );
    return due.length === 0;
  }, LONGEST_MS);
}

/** True when nothing that a customer would notice is left to be done: all was taken in, answered and sent. */
async function isAllDone(db: Database): Promise<boolean> {
  const [left] = await rowsOf<{ count: number }>(
    db,
    sql`select count(*)::int as count from graphile_worker._private_jobs j
          join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier in ('channel.ingest', 'bot.answer', 'channel.deliver') and j.attempts < j.max_attempts`,
  );
  return left?.count === 0;
}

/**
 * Does all that a customer would notice, in as many rounds and tries as it takes: a job may put itself off for a moment
 * (a reply behind one that is being translated), and how often depends on how fast the machine is.
 */
export async function finishJobs(db: Database): Promise<void> {
  await vi.waitUntil(
    async () => {
      await drainJobs(db);
      if (await isAllDone(db)) {
        return true;
      }
      await hurryJobs(db);
      return false;
    },
    { timeout: LONGEST_MS, interval: 100 },
  );
}

/**
 * From now on what failed is tried again when the test says so (`hurryJobs`), never by itself after some seconds: on a
 * machine that stands still for as long, a test would otherwise look after the second try where it means the first.
 */
export async function holdRetries(db: Database): Promise<void> {
  await rowsOf(
    db,
    sql`create function wait_for_the_test() returns trigger language plpgsql as $$
        begin new.run_at := now() + interval '1 hour'; return new; end $$`,
  );
  await rowsOf(
    db,
    sql`create trigger wait_for_the_test before update on graphile_worker._private_jobs for each row
        when (old.locked_at is not null and new.locked_at is null and new.last_error is not null)
        execute function wait_for_the_test()`,
  );
}

/** Lets jobs that wait for their next try run now. */
export async function hurryJobs(db: Database): Promise<void> {
  await rowsOf(
    db,
    sql`select graphile_worker.reschedule_jobs(coalesce(array_agg(id), '{}'), run_at => now()) from graphile_worker.jobs`,
  );
}
