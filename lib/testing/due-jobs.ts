import { sql } from "drizzle-orm";
import { vi } from "vitest";
import { type Database, rowsOf } from "@/db/client";
import { runDueJobs } from "@/lib/composition/worker";

/** Runs what is due until nothing is left: a lane lets one job through at a time. */
export async function drainJobs(db: Database): Promise<void> {
  await vi.waitUntil(async () => {
    await runDueJobs();
    const due = await rowsOf(
      db,
      sql`select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts limit 1`,
    );
    return due.length === 0;
  }, 20_000);
}

/** Lets jobs that wait for their next try run now. */
export async function hurryJobs(db: Database): Promise<void> {
  await rowsOf(
    db,
    sql`select graphile_worker.reschedule_jobs(coalesce(array_agg(id), '{}'), run_at => now()) from graphile_worker.jobs`,
  );
}
