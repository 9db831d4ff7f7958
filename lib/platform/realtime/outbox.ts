import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import { log } from "@/lib/platform/log/log";

/** Marks are written together: one UPDATE a quarter second, however many messages. */
const MARK_EVERY_MS = 250;

const waiting = new Map<Database, number[]>();

async function flush(db: Database): Promise<void> {
  const ids = waiting.get(db);
  waiting.delete(db);
  if (ids === undefined) {
    return;
  }
  try {
    await rowsOf(db, sql`update domain_events set published_at = now() where id = any(${sql.param(ids)}::bigint[])`);
  } catch (error) {
    // Unmarked facts are published once more by the relay; clients merge by seq, so a second push is harmless.
    log().warn({ reason: String(error), count: ids.length }, "outbox marks not written");
  }
}

/** Notes that the push of this fact went out, so that the relay does not send it again. */
export function markPublished(db: Database, eventId: number): void {
  const ids = waiting.get(db);
  if (ids) {
    ids.push(eventId);
    return;
  }
  waiting.set(db, [eventId]);
  setTimeout(flush, MARK_EVERY_MS, db);
}

/** Writes what waits now: before connections end. */
export function flushMarks(db: Database): Promise<void> {
  return flush(db);
}
