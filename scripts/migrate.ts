/** Brings the database at DATABASE_URL up to date and says in one line what it did. */

import { migrateDatabase } from "@/lib/platform/database/migrate";
import { env } from "@/lib/platform/env/env";

const { applied, total } = await migrateDatabase(env().DATABASE_URL);
process.stdout.write(
  applied === 0 ? `up to date (${total} migrations)\n` : `${applied} of ${total} migrations applied\n`,
);
