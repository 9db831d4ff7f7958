import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";

const KEY = "routing.clock";
/** Sweeps come every ten seconds; a longer pause than this means that nothing ran, or that the clock was moved. */
const PAUSE_SECONDS = 180;
/** Processes' clocks differ a little; a step back beyond this is a clock that was set. */
const BACK_SECONDS = 30;

/**
 * Notes that a sweep runs now. After a pause (the server was down) or a jump of the clock all timers begin anew: nobody
 * is timed out for time in which nobody could act (T32).
 *
 * @returns the moment before which nothing counts
 */
export async function advanceClock(db: Database, at: Date): Promise<Date> {
  return db.transaction(async (tx) => {
    await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${KEY}, 0))`);
    const [known] = await rowsOf<{ value: { at: string; from: string } }>(
      tx,
      sql`select value from installation where key = ${KEY}`,
    );
    const gap = known ? (at.getTime() - Date.parse(known.value.at)) / 1_000 : Number.POSITIVE_INFINITY;
    const steady = gap <= PAUSE_SECONDS && gap >= -BACK_SECONDS;
    const from = known && steady ? known.value.from : at.toISOString();
    // Of two processes whose clocks differ the later one counts.
    const latest = known && steady && gap < 0 ? known.value.at : at.toISOString();
    await rowsOf(
      tx,
      sql`insert into installation (key, value) values (${KEY}, ${JSON.stringify({ at: latest, from })}::jsonb)
          on conflict (key) do update set value = excluded.value`,
    );
    return new Date(from);
  });
}
