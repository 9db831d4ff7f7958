import { sql } from "drizzle-orm";
import { database } from "@/lib/platform/database/database";
import { log } from "@/lib/platform/log/log";

/** Marks are written together: one UPDATE a quarter second, however many messages. */
const MARK_EVERY_MS = 250;

let waiting: number[] = [];
let timer: NodeJS.Timeout | undefined;

async function flush(): Promise<void> {
  timer = undefined;
  const ids = waiting;
  waiting = [];
  try {
    await database().execute(sql`update domain_events set published_at = now() where id = any(${sql.param(ids)}::bigint[])`);
  } catch (error) {
    // Unmarked facts are published once more by the relay; clients merge by seq, so a second push is harmless.
    log().warn({ reason: String(error), count: ids.length }, "outbox marks not written");
  }
}

/** Notes that the push of this fact went out, so that the relay does not send it again. */
export function markPublished(eventId: number): void {
  waiting.push(eventId);
  timer ??= setTimeout(flush, MARK_EVERY_MS);
}
