import type { Database } from "@/db/client";
import type { JobName } from "@/lib/events/routes";
import { enqueue } from "./emit";

/** What is done more often than once a minute is done this often, in seconds. */
const EVERY_SECONDS = 10;

/**
 * Orders a job's runs between two minutes; the queue's own clock strikes once a minute. The job's payload must take
 * `between`, and only a run without it may call this.
 */
export async function orderRunsBetween(db: Database, name: JobName): Promise<void> {
  await db.transaction(async (tx) => {
    for (let delay = EVERY_SECONDS; delay < 60; delay += EVERY_SECONDS) {
      await enqueue(tx, { name, payload: { between: true }, key: `${name}:${delay}`, delay });
    }
  });
}
