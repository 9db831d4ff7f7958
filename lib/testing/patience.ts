import type { Database } from "@/db/client";

/** As long as any test lasts. */
const PATIENCE_MS = 120_000;

/**
 * Lets whoever needs a connection wait for a free one, where the product gives up after some seconds: a crowd on a busy
 * machine is not the exhausted pool that this is for (which has a test of its own).
 */
export function bePatient<Given extends Database>(db: Given): Given {
  db.$client.options.connectionTimeoutMillis = PATIENCE_MS;
  return db;
}
