import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import { retentionSettings } from "@/lib/conversations/retention-settings-schema";
import { readSettings } from "@/lib/settings/service";
import { holdDays, selectOpenDays, writeDays } from "./day-statements";

/** How far back a report can look: a year, and the year before to compare with. */
const MOST_DAYS = 732;
/** Days of one transaction: a merchant's recordings wait for it. */
const PIECE = 10;

interface Reach {
  readonly merchantId: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
}

/** Each merchant's days from its first conversation to today, by its own clock. */
async function reaches(db: Database, now: Date, merchantId?: string): Promise<Reach[]> {
  const at = now.toISOString();
  return rowsOf<Reach & Record<string, unknown>>(
    db,
    sql`select m.id as "merchantId", m.timezone as zone, to_char(today, 'YYYY-MM-DD') as "to",
          to_char(greatest((first.at at time zone m.timezone)::date, today - ${MOST_DAYS}::int), 'YYYY-MM-DD') as "from"
        from merchants m
          cross join lateral (select (${at}::timestamptz at time zone m.timezone)::date as today) as clock
          cross join lateral (select min(created_at) as at from conversations c where c.merchant_id = m.id) as first
        where first.at is not null ${merchantId === undefined ? sql`` : sql`and m.id = ${merchantId}`}
        order by m.id`,
  );
}

/** Adjacent days as ranges of at most PIECE. */
function piecesOf(days: readonly string[]): { readonly from: string; readonly to: string }[] {
  const pieces: { from: string; to: string; days: number }[] = [];
  for (const day of days) {
    const last = pieces.at(-1);
    if (last && last.days < PIECE && Date.parse(day) - Date.parse(last.to) === 86_400_000) {
      last.to = day;
      last.days += 1;
    } else {
      pieces.push({ from: day, to: day, days: 1 });
    }
  }
  return pieces;
}

/** @returns how many days were made */
async function rollUpMerchant(db: Database, reach: Reach): Promise<number> {
  const days = await selectOpenDays(db, reach);
  for (const piece of piecesOf(days)) {
    await db.transaction(async (tx) => {
      await holdDays(tx, reach.merchantId);
      await writeDays(tx, { ...reach, ...piece });
    });
  }
  return days.length;
}

/**
 * Adds up the days that have changed since they were added up last, of all merchants; the first run makes everything.
 *
 * @returns how many days were made
 */
export async function rollUpDays(db: Database, now: Date): Promise<number> {
  let made = 0;
  for (const reach of await reaches(db, now)) {
    made += await rollUpMerchant(db, reach);
  }
  return made;
}

/**
 * Makes a merchant's days anew from the raw rows, for whoever doubts them. Days that retention has taken conversations
 * from stay as they were: their figures are all that is left of them.
 *
 * @returns how many days were made
 */
export async function rebuildDays(db: Database, now: Date, merchantId: string): Promise<number> {
  const [reach] = await reaches(db, now, merchantId);
  if (!reach) {
    return 0;
  }
  const { conversationDays } = await readSettings(db, merchantId, retentionSettings);
  const kept = conversationDays === 0 ? MOST_DAYS : conversationDays - 1;
  await rowsOf(
    db,
    sql`delete from metric_days_done where merchant_id = ${merchantId} and day > ${reach.to}::date - ${kept}::int`,
  );
  return rollUpMerchant(db, reach);
}
