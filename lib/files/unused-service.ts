import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import { storage } from "@/lib/platform/storage/storage";

/** So long an upload waits to be sent, in hours: somebody may leave a half-written reply open over a night and a day. */
export const UNUSED_HOURS = 48;
/** Rows a statement. */
const BATCH = 200;

/**
 * Removes what was uploaded and shown nowhere for two days: the composer that was closed, the picture that was cropped.
 * Safe beside a send in the same moment: whoever is about to use a file has put its time off (filesForMessage), and
 * waits here for the row or finds it gone and says so.
 *
 * @returns how many files went
 */
export async function removeUnusedFiles(db: Database): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await rowsOf<{ key: string }>(
      db,
      sql`delete from files where id = any(array(
            select id from files where unused_since < now() - make_interval(hours => ${UNUSED_HOURS}::int)
            order by unused_since limit ${BATCH} for update skip locked))
          returning storage_key as key`,
    );
    // After the commit: bytes too many are found by nobody, a row without its bytes would be.
    await Promise.all(rows.map(({ key }) => storage().remove(key)));
    removed += rows.length;
    if (rows.length < BATCH) {
      return removed;
    }
  }
}
