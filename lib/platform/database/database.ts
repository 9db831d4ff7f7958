import { connect, type Database } from "@/db/client";
import { env } from "@/lib/platform/env/env";

const SLOT = Symbol.for("yingda.database");
type Holder = { [SLOT]?: Database };

/**
 * The process-wide database.
 *
 * On globalThis because instrumentation, routes and the server bundle are separate module graphs of one process: each
 * would open its own pool.
 */
export function database(): Database {
  const holder = globalThis as Holder;
  holder[SLOT] ??= connect(env().DATABASE_URL, env().DATABASE_POOL);
  return holder[SLOT];
}

/** Ends the pool; the process is stopping. */
export async function closeDatabase(): Promise<void> {
  const holder = globalThis as Holder;
  const open = holder[SLOT];
  delete holder[SLOT];
  await open?.$client.end();
}
