import { text, timestamp } from "drizzle-orm/pg-core";

/** A moment with its zone; every time in the database is one of these. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** When the row was made; the database's clock, so that rows of several processes agree. */
export const createdAt = () => moment("created_at").notNull().defaultNow();

/** A prefixed, time-sortable id (lib/core/ids.ts). */
export const primaryId = () => text("id").primaryKey();
