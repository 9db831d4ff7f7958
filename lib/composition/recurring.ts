import { parseCronItems } from "graphile-worker";
import type { Database } from "@/db/client";
import { RECURRING } from "./jobs";

const MINUTE_MS = 60_000;
/** A call looks back for what fell due since the last one, at most so far: a plan with one cron call a day misses nothing. */
const LOOK_BACK_MINUTES = 24 * 60;

/** The parts of a time that a cron line speaks of, in UTC as everywhere. */
function digest(at: Date) {
  return {
    min: at.getUTCMinutes(),
    hour: at.getUTCHours(),
    date: at.getUTCDate(),
    month: at.getUTCMonth() + 1,
    dow: at.getUTCDay(),
  };
}

/** The last minute up to `now` that a cron line names; undefined when there was none within the look-back. */
function lastDue(matches: (at: ReturnType<typeof digest>) => boolean, now: Date): Date | undefined {
  const minute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let ago = 0; ago < LOOK_BACK_MINUTES; ago += 1) {
    const at = new Date(minute - ago * MINUTE_MS);
    if (matches(digest(at))) {
      return at;
    }
  }
  return undefined;
}

/**
 * Queues the recurring jobs that fell due since they last ran, each once, for where no worker lives that has a clock
 * (the cron route). When each last ran stands in the table that workers keep it in: two calls at once, and a call beside a
 * worker, queue nothing twice.
 */
export async function queueRecurring(db: Database, now: Date): Promise<void> {
  const due = parseCronItems([...RECURRING]).flatMap((item) => {
    const at = lastDue((parts) => item.match(parts), now);
    return at
      ? [{ identifier: item.identifier, task: item.task, at: at.toISOString(), tries: item.options.maxAttempts }]
      : [];
  });
  await db.$client.query(
    `with due as (
       select identifier, task, at, tries from json_to_recordset($1::json)
         as x(identifier text, task text, at timestamptz, tries int)
     ), taken as (
       insert into graphile_worker._private_known_crontabs as known (identifier, known_since, last_execution)
       select identifier, now(), at from due
       on conflict (identifier) do update set last_execution = excluded.last_execution
         where known.last_execution is null or known.last_execution < excluded.last_execution
       returning known.identifier
     )
     select graphile_worker.add_job(identifier => due.task, payload => '{}'::json, max_attempts => due.tries)
     from due join taken using (identifier)`,
    [JSON.stringify(due)],
  );
}
