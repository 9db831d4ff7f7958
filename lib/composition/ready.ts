import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { database } from "@/lib/platform/database/database";

/** What the database lacks of this release's migrations; undefined when it cannot be asked. */
async function missingMigrations(): Promise<number | undefined> {
  try {
    const [row] = await rowsOf<{ count: number }>(
      database(),
      sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
    );
    return Math.max(0, journal.entries.length - (row?.count ?? 0));
  } catch {
    return undefined;
  }
}

/**
 * `GET /api/ready`: 200 once requests may be sent here: the database answers and has every migration of this release.
 * Health says whether the process lives; a balancer asks this one.
 */
export async function readyResponse(): Promise<Response> {
  const missing = await missingMigrations();
  const ready = missing === 0;
  const checks = { database: missing !== undefined, migrations: ready };
  return Response.json(
    { status: ready ? "ready" : "not_ready", checks },
    {
      status: ready ? 200 : 503,
      headers: { "cache-control": "no-store" },
    },
  );
}
