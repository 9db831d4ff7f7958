import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";

/** Key of the installation's own fact that files of old have been looked through. */
const DONE = "files_of_old";
/** Stands where a file of old waits for the answer whether anything shows it; the clean-up removes none before. */
const WAITING = "9999-01-01T00:00:00.000Z";
/** Messages of so many days are read by one statement. */
const WINDOW_DAYS = 31;
const DAY_MS = 86_400_000;

/** Tables beside `messages` that show files: wherever an id of one stands in a row. */
const SHOWING = [
  "users",
  "customers",
  "merchants",
  "settings",
  "channels",
  "kb_entries",
  "kb_versions",
  "bot_drafts",
  "macros",
] as const;

/** Only once: from here on each is kept by what comes to show it, as new uploads are. */
async function markAll(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const [first] = await rowsOf(
      tx,
      sql`insert into installation (key, value) values (${DONE}, 'false'::jsonb) on conflict (key) do nothing returning key`,
    );
    if (first) {
      await rowsOf(tx, sql`update files set unused_since = ${WAITING}::timestamptz where unused_since is null`);
    }
  });
}

async function keepShownInRows(db: Database): Promise<void> {
  for (const name of SHOWING) {
    await rowsOf(
      db,
      sql`update files set unused_since = null where unused_since is not null and id in (
        select found.id[1] from ${sql.identifier(name)} as shows,
          regexp_matches(shows::text, 'fil_[0-9a-hjkmnp-tv-z]{26}', 'g') as found(id)
        where shows::text like '%fil\\_%')`,
    );
  }
}

/** @param from moment of the oldest file that waits: what was written before shows none of them */
async function keepShownInMessages(db: Database, merchantId: string, from: Date): Promise<void> {
  for (let start = from.getTime(); start < Date.now() + DAY_MS; start += WINDOW_DAYS * DAY_MS) {
    const [first, end] = [new Date(start).toISOString(), new Date(start + WINDOW_DAYS * DAY_MS).toISOString()];
    await rowsOf(
      db,
      sql`update files set unused_since = null where unused_since is not null and id in (
        select shown.id #>> '{}' from messages m, jsonb_path_query(m.parts, '$.**.fileId') as shown(id)
        where m.merchant_id = ${merchantId}
          and m.created_at >= ${first}::timestamptz and m.created_at < ${end}::timestamptz)`,
    );
  }
}

/**
 * Files that were uploaded before an upload knew whether anything shows it (files.unused_since): each counts as unused
 * from now on unless something does, and goes like any other that nobody sent. Done once, a month of messages at a time;
 * cut short, it begins again, and nothing goes before it is through. Whatever comes to show a file meanwhile keeps it.
 */
export async function judgeOldFiles(db: Database): Promise<void> {
  const [done] = await rowsOf<{ done: boolean }>(
    db,
    sql`select value = 'true'::jsonb as done from installation where key = ${DONE}`,
  );
  if (done?.done) {
    return;
  }
  await markAll(db);
  const [oldest] = await rowsOf<{ at: Date | null }>(
    db,
    sql`select min(created_at) as at from files where unused_since = ${WAITING}::timestamptz`,
  );
  if (oldest?.at) {
    await keepShownInRows(db);
    for (const { id } of await rowsOf<{ id: string }>(db, sql`select id from merchants`)) {
      // A day before: clocks of several machines differ.
      await keepShownInMessages(db, id, new Date(new Date(oldest.at).getTime() - DAY_MS));
    }
  }
  await db.transaction(async (tx) => {
    await rowsOf(tx, sql`update files set unused_since = now() where unused_since = ${WAITING}::timestamptz`);
    await rowsOf(tx, sql`update installation set value = 'true'::jsonb where key = ${DONE}`);
  });
}
